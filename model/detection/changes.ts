import { noticesTopicName } from "../plan/names";
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
import { counted } from "./metrics";
import { byNoneOf, succeeded } from "./records";
import type { Alarm, MetricFilter } from "./types";

/** What guards values in one account, and what watches them. */
export interface ChangeScope {
  /** `path/name` of those whose changes are a deployment's. */
  readonly deployers: readonly string[];
  /** What the names of our alarms and rules begin with. */
  readonly namePrefix: string;
  /** Log group of the trail. */
  readonly logGroup: string;
  /**
   * The environment of a workload account, which holds things of others too; absent for a security account, which
   * holds nothing else.
   */
  readonly environment?: string;
}

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

/** Metric of everything that stops or changes recording; the CIS alarm on trails shares it. */
export const recordingMetric = "RecordingChanged";

export function changes(scope: ChangeScope): {
  readonly filters: readonly MetricFilter[];
  readonly alarms: readonly Alarm[];
} {
  const others = byOthers(scope);
  return {
    filters: [
      { id: "policy-changed", metric: "PoliciesChanged", pattern: policyPattern(scope, others) },
      { id: "value-deleted", metric: "ValuesDeleted", pattern: deletionPattern(scope, others) },
      { id: "trail-weakened", metric: recordingMetric, pattern: trailPattern(scope, others) },
      { id: "notices-weakened", metric: recordingMetric, pattern: noticesPattern(scope, others) },
    ],
    alarms: [
      {
        id: "policy-changed",
        runbook:
          "Somebody changed the policy, sharing, key or copies of a value, granted the use of a key, or cancelled a rotation. The notice of the same minute names them. " +
          `First: ${drift.shown} shows what differs and ${drift.mended} puts it back; then ask who did it, and see with \`platform audit\` what was read in between. ` +
          "Grants, shares and copies beside ours are to be taken away by hand: the notice names them.",
        metric: counted("PoliciesChanged"),
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
      {
        id: "value-deleted",
        runbook:
          "A secret or parameter was deleted by hand, or a secret without a recovery window. The notice of the same minute names who and what. " +
          `First: a secret within its window comes back with \`aws secretsmanager restore-secret\`; anything else with ${drift.mended} and \`platform set\`.`,
        metric: counted("ValuesDeleted"),
        trigger: { kind: "count", atLeast: 1, minutes: 5 },
      },
    ],
  };
}

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
