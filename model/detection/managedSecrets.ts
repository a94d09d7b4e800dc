import type { AlarmSettings } from "../organisation/types";
import type { Plan } from "../plan/types";
import type { ChangeScope } from "./changes";
import { serviceRecords } from "./eventPattern";
import { all, differs, equals, filterPattern, oneOf } from "./filterPattern";
import { counted } from "./metrics";
import { byNoneOf, consumerRoles, notByService, serviceLinkedRoles, succeeded } from "./records";
import { reschedulesManaged } from "./reschedules";
import { firstThatFits } from "./room";
import type { Alarm, Detections, EventNotice } from "./types";

/**
 * Ids, as calls give them, of the secrets that database services make in an environment's workload account: each is
 * part of a name or an ARN, whichever was called with. Other teams may have such secrets in the same account, so ours
 * are named; past the room that patterns have for that, every secret of the same services is meant.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/service-linked-secrets.html
 */
export function managedSecretIds(plan: Plan, environment: string): readonly string[] {
  const names = plan.managedSecrets
    .filter((secret) => secret.environment === environment)
    .map(({ arn }) => arn.slice(arn.indexOf(":secret:") + ":secret:".length, -suffixLength));
  // Only a service can give a name with a `!`.
  const services = names.map((name) => name.slice(0, name.indexOf("!") + 1));
  return firstThatFits(room, comparison, [names, services]);
}

/** `-AbCdEf`, which Secrets Manager adds to a name. */
const suffixLength = 7;

const comparison = ' || $.requestParameters.secretId = "**"';
const room = 400;

/** Secrets that a database service makes and rotates: this platform has neither policy nor function there. */
export function managedSecrets(
  ids: readonly string[],
  scope: Pick<ChangeScope, "deployers">,
  settings: Pick<Required<AlarmSettings>, "expectedRoles">,
): Detections {
  if (ids.length === 0) return { filters: [], alarms: [], notices: [] };
  return {
    filters: [
      {
        id: "managed-secret-reads",
        metric: "ReadsByUnexpectedRole",
        pattern: readsPattern(ids, settings),
      },
      { id: "managed-secret-changed", metric: "ManagedSecretsChanged", pattern: changesPattern(ids, scope) },
      {
        id: "service-rotation-changed",
        metric: "ManagedSecretsChanged",
        pattern: rotationPattern(ids, scope),
      },
    ],
    alarms: [changed],
    notices: [rotationFailed(ids)],
  };
}

function readsPattern(
  ids: readonly string[],
  { expectedRoles }: Pick<Required<AlarmSettings>, "expectedRoles">,
): string {
  return filterPattern(
    all(
      // One call for many is recorded once for each as well.
      equals("eventName", "GetSecretValue"),
      ofThese(ids),
      byNoneOf([consumerRoles, serviceLinkedRoles, ...expectedRoles]),
      notByService,
      succeeded,
    ),
  );
}

/** What the database service does it does as itself, or in the name of whoever asked it. */
function changesPattern(ids: readonly string[], { deployers }: Pick<ChangeScope, "deployers">): string {
  return filterPattern(
    all(
      oneOf("eventName", ["Put*", "Delete*", "Update*", "CancelRotateSecret", "ReplicateSecret*"]),
      ofThese(ids),
      byNoneOf([serviceLinkedRoles, ...deployers]),
      differs("userIdentity.invokedBy", ["rds.amazonaws.com", "redshift.amazonaws.com"]),
      notByService,
      succeeded,
    ),
  );
}

/** Another schedule, or a function of somebody's own in place of the service. */
function rotationPattern(ids: readonly string[], { deployers }: Pick<ChangeScope, "deployers">): string {
  return filterPattern(
    all(
      reschedulesManaged,
      ofThese(ids),
      byNoneOf([serviceLinkedRoles, ...deployers]),
      notByService,
      succeeded,
    ),
  );
}

function ofThese(ids: readonly string[]) {
  return oneOf(
    "requestParameters.secretId",
    ids.map((id) => `*${id}*`),
  );
}

const changed: Alarm = {
  id: "managed-secret-changed",
  runbook:
    "Somebody changed the policy, value or rotation of a login that a database service manages, copied it to another region, or deleted it. " +
    "First: find who and what in the trail's log group. If it was not meant, take the policy away with `aws secretsmanager delete-resource-policy`, or bring the secret back with `aws secretsmanager restore-secret`; " +
    "then have the service rotate it with `aws secretsmanager rotate-secret`, and see with `platform audit` what was read in between.",
  metric: counted("ManagedSecretsChanged"),
  trigger: { kind: "count", atLeast: 1, minutes: 5 },
};

/** The account holds secrets of others too. */
function rotationFailed(ids: readonly string[]): EventNotice {
  return {
    id: "rotation-failed",
    description: "A database service failed to rotate a login it manages: its events say why",
    pattern: {
      source: ["aws.secretsmanager"],
      "detail-type": [serviceRecords],
      detail: {
        eventName: ["RotationFailed"],
        additionalEventData: { SecretId: ids.map((id) => ({ wildcard: `*${id}*` })) },
      },
    },
    includesReads: false,
    message: {
      fields: { secret: "$.detail.additionalEventData.SecretId", time: "$.time", account: "$.account" },
      title: "A rotation failed in account <account>",
      description:
        "The database service failed to rotate <secret> at <time>. Its readers still have the version before.",
      nextSteps: [
        "Read why among the events of the database: `aws rds describe-events`, or `aws redshift describe-events`",
        "Mend it, then start the rotation anew with `aws secretsmanager rotate-secret`",
      ],
    },
  };
}
