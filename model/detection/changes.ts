import { noticesTopicName } from "../plan/names";
import type { ChangeScope } from "./changeScope";
import type { Family } from "./declaration";
import { drift } from "./drift";
import {
  all,
  any,
  equals,
  type FilterCondition,
  filterPattern,
  isFalse,
  isTrue,
  oneOf,
} from "./filterPattern";
import { byNoneOf, succeeded } from "./records";

/** Calls that change who may read or use, by the service they go to, as each kind of account sees them. */
export function policyCalls({ environment }: ChangeScope): Readonly<Record<string, readonly string[]>> {
  return {
    ...(environment === undefined && {
      "secretsmanager.amazonaws.com": ["PutResourcePolicy", "DeleteResourcePolicy", "CancelRotateSecret"],
    }),
    "ssm.amazonaws.com": ["PutResourcePolicy", "DeleteResourcePolicy"],
    "kms.amazonaws.com": ["PutKeyPolicy"],
  };
}

/** Metric of changes of who may read or use; what is done to keys and copies shares its alarm. */
export const policiesMetric = "PoliciesChanged";

/** Metric of everything that stops or changes recording; the CIS alarm on trails shares it. */
export const recordingMetric = "RecordingChanged";

export const changes: Family = (account) => {
  const others = byOthers(account);
  return [
    {
      counts: {
        metric: policiesMetric,
        filters: [{ id: "policy-changed", pattern: policyPattern(account, others) }],
      },
      alarm: {
        id: "policy-changed",
        runbook:
          "Somebody changed the policy, sharing, key or copies of a value, granted the use of a key, or cancelled a rotation. The notice of the same minute names them. " +
          `First: ${drift.shown} shows what differs and ${drift.putBack} puts it back; then ask who did it, and see with \`npx platform audit\` what was read in between. ` +
          "Grants, shares and copies beside ours are to be taken away by hand: the notice names them.",
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
    },
    {
      counts: {
        metric: "ValuesDeleted",
        filters: [
          {
            id: "value-deleted",
            pattern: deletionPattern(account, others),
            examples: [
              {
                eventSource: "ssm.amazonaws.com",
                eventName: "DeleteParameter",
                requestParameters: { name: `/orders/${account.environment ?? "prod"}/token` },
              },
            ],
          },
        ],
      },
      alarm: {
        id: "value-deleted",
        runbook:
          "A secret or parameter was deleted by hand, or a secret without a recovery window. The notice of the same minute names who and what. " +
          `First: a secret within its window comes back with \`aws secretsmanager restore-secret\`; anything else with ${drift.putBack} and \`npx platform set\`.`,
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
    },
    {
      counts: {
        metric: recordingMetric,
        filters: [
          { id: "trail-weakened", pattern: trailPattern(account, others) },
          { id: "notices-weakened", pattern: noticesPattern(account, others) },
        ],
      },
    },
  ];
};

type Conditions = readonly FilterCondition[];

/** By anybody but those whose changes are a deployment's. */
export function byOthers({ deployers }: ChangeScope): Conditions {
  return deployers.length === 0 ? [] : [byNoneOf(deployers)];
}

function policyPattern(scope: ChangeScope, others: Conditions): string {
  const calls = Object.entries(policyCalls(scope)).map(([source, names]) =>
    all(equals("eventSource", source), oneOf("eventName", names)),
  );
  const sharing =
    scope.environment === undefined
      ? [all(equals("eventSource", "ram.amazonaws.com"), isFalse("readOnly"))]
      : [];
  return filterPattern(all(any(...calls, ...sharing), ...others, succeeded));
}

/** A workload account holds parameters only; of a call for several the first one's name is looked at. */
function deletionPattern({ environment }: ChangeScope, others: Conditions): string {
  const parameters = equals("eventName", "DeleteParameter*");
  if (environment !== undefined) {
    const branch = `*/${environment}/*`;
    const ours = any(equals("requestParameters.name", branch), equals("requestParameters.names[0]", branch));
    return filterPattern(all(parameters, ours, ...others, succeeded));
  }
  const secrets = equals("eventName", "DeleteSecret");
  const atOnce = all(secrets, isTrue("requestParameters.forceDeleteWithoutRecovery"));
  return filterPattern(all(any(atOnce, all(any(secrets, parameters), ...others)), succeeded));
}

function trailPattern({ logGroup }: ChangeScope, others: Conditions): string {
  const ofLogGroup = all(
    equals("requestParameters.logGroupName", logGroup),
    oneOf("eventName", ["Delete*", "Put*", "Disassociate*"]),
  );
  return filterPattern(all(any(equals("eventName", "PutEventSelectors"), ofLogGroup), ...others, succeeded));
}

function noticesPattern({ namePrefix }: ChangeScope, others: Conditions): string {
  const ours = `${namePrefix}-*`;
  const topic = `*:${noticesTopicName}`;
  return filterPattern(
    all(
      any(
        all(
          oneOf("eventName", ["DeleteAlarms", "DisableAlarmActions"]),
          equals("requestParameters.alarmNames[0]", ours),
        ),
        all(oneOf("eventName", ["DisableRule", "DeleteRule"]), equals("requestParameters.name", ours)),
        all(equals("eventName", "RemoveTargets"), equals("requestParameters.rule", ours)),
        all(
          oneOf("eventName", ["DeleteTopic", "SetTopicAttributes"]),
          equals("requestParameters.topicArn", topic),
        ),
        all(equals("eventName", "Unsubscribe"), equals("requestParameters.subscriptionArn", `${topic}:*`)),
      ),
      ...others,
      succeeded,
    ),
  );
}
