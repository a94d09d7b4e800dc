import type { ChangeScope } from "./changeScope";
import type { DeclaredAlarm, Family } from "./declaration";
import { serviceRecords } from "./eventPattern";
import { all, differs, equals, filterPattern, oneOf } from "./filterPattern";
import { administratorsAssumed, administratorsRole } from "./managedAdministrators";
import { managedSecretIds } from "./managedIds";
import { fewerExpectedRoles } from "./shortening";
import { byNoneOf, consumerRoles, notByService, serviceLinkedRoles, succeeded } from "./records";
import { reschedulesManaged } from "./reschedules";
import type { EventRule } from "./types";
import { unexpectedRoleMetric } from "./workloadReads";

/** Secrets that a database service makes and rotates: this platform has neither policy nor function there. */
export const managedSecrets: Family = (account) => {
  const { plan, environment, settings } = account;
  const ids = environment === undefined ? [] : managedSecretIds(plan, environment);
  if (ids.length === 0) return [];
  return [
    {
      counts: {
        metric: unexpectedRoleMetric,
        filters: [
          {
            id: "managed-secret-reads",
            pattern: readsPattern(ids, [
              ...(administratorsAssumed(plan, account.account, environment) ? [administratorsRole] : []),
              ...settings.expectedRoles,
            ]),
            shorten: fewerExpectedRoles,
          },
        ],
      },
    },
    {
      counts: {
        metric: "ManagedSecretsChanged",
        filters: [
          { id: "managed-secret-changed", pattern: changesPattern(ids, account) },
          { id: "service-rotation-changed", pattern: rotationPattern(ids, account) },
        ],
      },
      alarm: changed,
      rule: rotationFailed(ids),
    },
  ];
};

function readsPattern(ids: readonly string[], expectedRoles: readonly string[]): string {
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

const changed: DeclaredAlarm = {
  id: "managed-secret-changed",
  runbook:
    "Somebody changed the policy, value or rotation of a login that a database service manages, copied it to another region, or deleted it. " +
    "First: find who and what in the trail's log group. If it was not meant, take the policy away with `aws secretsmanager delete-resource-policy`, or bring the secret back with `aws secretsmanager restore-secret`; " +
    "then have the service rotate it with `aws secretsmanager rotate-secret`, and see with `npx platform audit` what was read in between.",
  trigger: { kind: "count", atLeast: 1, minutes: 5 },
};

/** The account holds secrets of others too. */
function rotationFailed(ids: readonly string[]): EventRule {
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
        "Fix it, then start the rotation again with `aws secretsmanager rotate-secret`",
      ],
    },
  };
}
