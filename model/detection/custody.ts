import { platformFunctionNames } from "../plan/names";
import type { ChangeScope } from "./changeScope";
import { byOthers, policiesMetric } from "./changes";
import type { DeclaredAlarm, Family } from "./declaration";
import { drift, otherCode } from "./drift";
import type { EventPattern } from "./eventPattern";
import { all, any, equals, type FilterCondition, filterPattern, missing, oneOf } from "./filterPattern";
import { inFilters } from "./inFilters";
import { byNoneOf, notByService, serviceLinkedRoles, succeeded } from "./records";
import { reschedules, reschedulingCalls } from "./reschedules";
import { employingCalls } from "./takeover";

/** Who rotates and how, and the keys and copies of values: each a way to values without reading one. */
export const custody: Family = (account) => {
  const pattern = (what: FilterCondition) => filterPattern(all(what, ...byOthers(account), succeeded));
  return [
    {
      counts: {
        metric: "RotationsChanged",
        filters: inFilters("rotation-changed", rotating(account), (parts) =>
          pattern(parts.length === 1 && parts[0] ? parts[0] : any(...parts)),
        ),
      },
      alarm: rotationChanged,
    },
    {
      counts: {
        metric: policiesMetric,
        filters: [{ id: "key-or-copy-changed", pattern: pattern(keeping(account)) }],
      },
    },
  ];
};

/** CloudTrail adds the API's version to what Lambda calls its actions. */
const functionCalls = ["UpdateFunction", "AddPermission", "CreateFunctionUrl"];

/** Secrets of a workload account are other teams', and so are functions there beside the platform's own two. */
function rotating({ environment }: ChangeScope): readonly FilterCondition[] {
  const names = functionNames(environment);
  const functions = all(
    equals("eventSource", "lambda.amazonaws.com"),
    oneOf(
      "eventName",
      functionCalls.map((call) => `${call}*`),
    ),
    oneOf(
      "requestParameters.functionName",
      names.flatMap((name) => [`${name}*`, `*:${name}*`]),
    ),
  );
  return environment === undefined ? [functions, reschedules] : [functions];
}

/** What the names of all rotation functions begin with, AWS's own included. */
const rotationNames = "rotation-";

/** What their names begin with, behind which a version may stand; calls give a name or an ARN. */
function functionNames(environment: string | undefined): readonly string[] {
  const { expiryWatch, rollout } = platformFunctionNames;
  return [expiryWatch, environment === undefined ? rotationNames : rollout];
}

const secretCalls = ["UpdateSecret", "ReplicateSecretToRegions"];
const aliasCalls = ["UpdateAlias", "DeleteAlias"];

/** Services take grants as themselves, by a role of theirs, or in somebody's name, and `invokedBy` says so. */
function keeping({ environment }: ChangeScope): FilterCondition {
  const secrets = environment === undefined ? [oneOf("eventName", secretCalls)] : [];
  return any(
    ...secrets,
    all(
      equals("eventSource", "kms.amazonaws.com"),
      any(
        all(
          oneOf("eventName", aliasCalls),
          equals("requestParameters.aliasName", `${aliases(environment)}*`),
        ),
        all(
          equals("eventName", "CreateGrant"),
          missing("userIdentity.invokedBy"),
          byNoneOf([serviceLinkedRoles]),
          notByService,
        ),
      ),
    ),
  );
}

function aliases(environment: string | undefined): string {
  return environment === undefined ? "alias/" : `alias/${environment}/`;
}

/** The same calls for EventBridge. */
export function custodyCalls({ environment }: ChangeScope): readonly EventPattern[] {
  const names = functionNames(environment);
  return [
    {
      eventSource: ["lambda.amazonaws.com"],
      eventName: functionCalls.map((prefix) => ({ prefix })),
      requestParameters: {
        functionName: names.flatMap((name) => [{ prefix: name }, { wildcard: `*:${name}*` }]),
      },
    },
    ...(environment === undefined
      ? [
          reschedulingCalls,
          { eventSource: ["secretsmanager.amazonaws.com"], eventName: secretCalls },
          employingCalls,
        ]
      : []),
    { eventName: aliasCalls, requestParameters: { aliasName: [{ prefix: aliases(environment) }] } },
    {
      eventSource: ["kms.amazonaws.com"],
      eventName: ["CreateGrant"],
      userIdentity: { type: [{ "anything-but": ["AWSService"] }], invokedBy: [{ exists: false }] },
    },
  ];
}

const rotationChanged: DeclaredAlarm = {
  id: "rotation-changed",
  runbook:
    "Somebody changed by hand what rotates secrets, restarts their consumers or watches both: a function's code, settings or callers, or when and by which function a secret is rotated by. " +
    `First: ${drift.shown} shows what differs, ${drift.putBack} puts it back. ${otherCode}. ` +
    "Then `npx platform rotate` every secret that the function has written or read since. " +
    "The notice of the same minute names who: revoke their sessions in IAM if nobody meant it.",
  trigger: { kind: "count", atLeast: 1, minutes: 5 },
};
