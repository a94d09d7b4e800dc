import { analyzerName, archiveBucketPrefix, noticesTopicName } from "../plan/names";
import type { ChangeScope } from "./changeScope";
import { byOthers, recordingMetric } from "./changes";
import type { DeclaredFilter, Family } from "./declaration";
import type { EventPattern } from "./eventPattern";
import { all, any, equals, type FilterCondition, filterPattern, oneOf } from "./filterPattern";
import { trailNamespace } from "./metrics";
import { succeeded } from "./records";

/**
 * What leaves alarms, rules, channels and the log group in place but makes them say nothing: each is overwritten by the
 * call that made it.
 */
export const tampering: Family = (account) => {
  const filter = (id: string, what: FilterCondition): DeclaredFilter => ({
    id,
    pattern: filterPattern(all(what, ...byOthers(account), succeeded)),
  });
  const filters = [
    filter("detection-overwritten", overwriting(account)),
    filter("channels-changed", rechannelling),
    filter("log-group-blinded", blinding(account)),
    filter("observers-removed", removing),
  ];
  return [{ counts: { metric: recordingMetric, filters } }];
};

/** The band of `reads-unusual` is what CloudWatch has learned; either way to name its metric is taken. */
const detectorCalls = ["PutAnomalyDetector", "DeleteAnomalyDetector"];

const alarmCalls = ["PutMetricAlarm", "PutCompositeAlarm", "SetAlarmState"];

/** A mute rule lists the alarms it mutes, of which a pattern reads one; nobody else mutes here. */
function overwriting({ namePrefix }: ChangeScope): FilterCondition {
  const ours = `${namePrefix}-*`;
  return any(
    all(oneOf("eventName", alarmCalls), equals("requestParameters.alarmName", ours)),
    equals("eventName", "PutAlarmMuteRule"),
    all(
      oneOf("eventName", detectorCalls),
      any(
        equals("requestParameters.namespace", trailNamespace),
        equals("requestParameters.singleMetricAnomalyDetector.namespace", trailNamespace),
      ),
    ),
    all(equals("eventName", "PutRule"), equals("requestParameters.name", ours)),
    all(equals("eventName", "PutTargets"), equals("requestParameters.rule", ours)),
  );
}

const chatSource = "chatbot.amazonaws.com";

/** No page says how CloudTrail spells the parameters of calls to chat channels, so every channel is looked at. */
const rechannelling = any(
  all(
    equals("eventName", "SetSubscriptionAttributes"),
    equals("requestParameters.subscriptionArn", `*:${noticesTopicName}:*`),
  ),
  all(
    oneOf("eventName", ["AddPermission", "RemovePermission"]),
    equals("requestParameters.topicArn", `*:${noticesTopicName}`),
  ),
  all(
    equals("eventName", "PutDataProtectionPolicy"),
    equals("requestParameters.resourceArn", `*:${noticesTopicName}`),
  ),
  all(equals("eventSource", chatSource), oneOf("eventName", ["Delete*", "Update*"])),
);

/**
 * Calls of newer kinds name the log group by `logGroupIdentifier`, its name or ARN, or by `resourceIdentifier`, its
 * ARN; a policy of the account names none and holds for all.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutTransformer.html
 */
function blinding({ logGroup }: ChangeScope): FilterCondition {
  const ofTrail = `*${ending(logGroup)}`;
  return any(
    all(
      oneOf("eventName", ["AssociateKmsKey", "DisassociateKmsKey"]),
      any(
        equals("requestParameters.logGroupName", ofTrail),
        equals("requestParameters.resourceIdentifier", ofTrail),
      ),
    ),
    all(oneOf("eventName", ["Delete*", "Put*"]), equals("requestParameters.logGroupIdentifier", ofTrail)),
    all(equals("eventSource", "logs.amazonaws.com"), equals("eventName", "PutAccountPolicy")),
  );
}

const analyzerCalls = ["DeleteAnalyzer", "CreateArchiveRule", "UpdateArchiveRule"];

/** What a network and its access from outside are seen by. A call on flow logs names them by what AWS calls them. */
const removing = any(
  all(
    equals("eventSource", "access-analyzer.amazonaws.com"),
    oneOf("eventName", analyzerCalls),
    equals("requestParameters.analyzerName", analyzerName),
  ),
  equals("eventName", "DeleteFlowLogs"),
);

/** What the name and the ARN of a log group end in. Names may have 512 characters, which no pattern has room for. */
function ending(logGroup: string): string {
  return logGroup.slice(-48);
}

/** The same calls for EventBridge, which compares every alarm of a list; the rule has no room for what is removed. */
export function tamperingCalls({ namePrefix, logGroup, environment }: ChangeScope): readonly EventPattern[] {
  const named = [{ prefix: `${namePrefix}-` }];
  const topic = [{ suffix: `:${noticesTopicName}` }];
  const ofTrail = [{ suffix: ending(logGroup) }];
  return [
    { eventName: alarmCalls, requestParameters: { alarmName: named } },
    { eventName: ["PutAlarmMuteRule"] },
    {
      eventName: [{ suffix: "AnomalyDetector" }],
      requestParameters: {
        $or: [
          { namespace: [trailNamespace] },
          { singleMetricAnomalyDetector: { namespace: [trailNamespace] } },
        ],
      },
    },
    { eventName: ["PutRule"], requestParameters: { name: named } },
    { eventName: ["PutTargets"], requestParameters: { rule: named } },
    {
      eventName: ["SetSubscriptionAttributes"],
      requestParameters: { subscriptionArn: [{ wildcard: `*:${noticesTopicName}:*` }] },
    },
    { eventName: ["AddPermission", "RemovePermission"], requestParameters: { topicArn: topic } },
    { eventName: ["PutDataProtectionPolicy"], requestParameters: { resourceArn: topic } },
    { eventSource: [chatSource], eventName: [{ prefix: "Delete" }, { prefix: "Update" }] },
    { eventName: ["AssociateKmsKey"], requestParameters: { logGroupName: ofTrail } },
    {
      eventName: ["AssociateKmsKey", "DisassociateKmsKey"],
      requestParameters: { resourceIdentifier: ofTrail },
    },
    {
      eventName: [{ prefix: "Delete" }, { prefix: "Put" }],
      requestParameters: { logGroupIdentifier: ofTrail },
    },
    { eventSource: ["logs.amazonaws.com"], eventName: ["PutAccountPolicy"] },
    ...(environment === undefined
      ? [
          {
            eventSource: ["s3.amazonaws.com"],
            eventName: [{ prefix: "PutBucket" }, { prefix: "DeleteBucket" }],
            requestParameters: { bucketName: [{ prefix: archiveBucketPrefix }] },
          },
        ]
      : []),
  ];
}
