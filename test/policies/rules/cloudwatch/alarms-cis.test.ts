import type { RegisteredResource } from "../../../../policies/pack/evaluate";
import { alarmsCis } from "../../../../policies/rules/cloudwatch/alarms-cis";
import { cisControls } from "../../../../policies/rules/cloudwatch/cisControls";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";
import { watching } from "./watching";

const patternOf = (holds: readonly string[]) =>
  `{ ${holds.map((text) => `($.eventName = "${text}")`).join(" || ")} }`;
const all = cisControls.map(({ id, holds }) => watching(id, patternOf(holds)));
const trail = declare("trail", { s3BucketName: "trails" });
const groupArn = (name: string) => `arn:aws:logs:eu-west-1:111111111111:log-group:${name}`;
const trailTo = (cloudWatchLogsGroupArn: string, from: object = {}, name = "trail") =>
  declare("trail", { s3BucketName: "trails", cloudWatchLogsGroupArn }, { name, from: from as never });
const group = declare("logGroup", {}, { name: "group" });
const namedGroup = declare("logGroup", { name: "trail" }, { name: "named" });
const otherGroup = declare("logGroup", { name: "other" }, { name: "other" });
/** The filters on another group, named or taken from a resource. */
const on = (logGroupName: string, from?: RegisteredResource) =>
  all.flat().map((one) => ({
    ...one,
    ...("logGroupName" in one.inputs && {
      inputs: { ...one.inputs, logGroupName },
      propertyDependencies: from === undefined ? {} : { logGroupName: [from.urn] },
    }),
  }));
/** All but one, and what stands in its place. */
const but = (id: string, ...instead: ReturnType<typeof watching>) => [
  trail,
  ...cisControls.flatMap((control, at) => (control.id === id ? [] : (all[at] ?? []))),
  ...instead,
];

const root = patternOf(["userIdentity.type", "Root"]);
/** The same with a trail that writes to the group `trail`. */
const withGroup = (one: RegisteredResource) => (one === trail ? trailTo(`${groupArn("trail")}:*`) : one);

testRule(alarmsCis, {
  passes: {
    "a pattern as Security Hub asks for it": but(
      "4.3",
      ...watching(
        "root",
        '{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}',
      ),
    ),
    "the metric and its alarm in one region, which is named": but(
      "4.3",
      ...watching("root", root, { region: "eu-west-1" }, { region: "eu-west-1" }),
    ),
    "an alarm for each control": [trail, ...all.flat()],
    "an account whose trail is elsewhere": declare("secret", {}),
    "filters where the trail of another account writes": on("aws-controltower/CloudTrailLogs"),
    "the trail's group by name": [trailTo(`${groupArn("trail")}:*`), ...all.flat()],
    "the trail's group without what stands for its streams": [trailTo(groupArn("trail")), ...all.flat()],
    "a group whose name is a path": [trailTo(`${groupArn("/platform/trail")}:*`), ...on("/platform/trail")],
    "a group that this update makes": [
      group,
      trailTo(later, { cloudWatchLogsGroupArn: [group] }),
      ...on(later, group),
    ],
    "a group of the stack by name, which the trail takes from it": [
      namedGroup,
      trailTo(later, { cloudWatchLogsGroupArn: [namedGroup] }),
      ...all.flat(),
    ],
    "a group of the stack, which the trail names": [
      namedGroup,
      trailTo(`${groupArn("trail")}:*`),
      ...on(later, namedGroup),
    ],
    "the group of one of two trails": [
      trailTo(`${groupArn("other")}:*`, {}, "one"),
      trailTo(`${groupArn("trail")}:*`, {}, "two"),
      ...all.flat(),
    ],
  },
  fails: {
    "use by all but the root user": {
      program: but("4.3", ...watching("root", '{ $.userIdentity.type != "Root" }')),
      at: "4.3: no metric filter",
    },
    "all of KMS but what matters": {
      program: but(
        "4.7",
        ...watching(
          "keys",
          "{ ($.eventSource = kms.amazonaws.com) && ($.eventName != DisableKey) && ($.eventName != ScheduleKeyDeletion) }",
        ),
      ),
      at: "4.7: no metric filter",
    },
    "a pattern that wants one event to be two": {
      program: but(
        "4.7",
        ...watching(
          "keys",
          "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) && ($.eventName = ScheduleKeyDeletion)) }",
        ),
      ),
      at: "4.7: no metric filter",
    },
    "an alarm on days without any": {
      program: but("4.3", ...watching("root", root, { comparisonOperator: "LessThanOrEqualToThreshold" })),
      at: "4.3: no metric filter",
    },
    none: { program: trail, at: "4.1: no metric filter", times: 15 },
    "all but the root user's": {
      program: but("4.3"),
      at: "4.3: no metric filter with an alarm watches use of the root user",
    },
    "all but the trail's": { program: but("4.5"), at: "4.5: no metric filter" },
    "a filter without an alarm": {
      program: but("4.3", ...watching("root", patternOf(["userIdentity.type", "Root"])).slice(0, 1)),
      at: "4.3: no metric filter",
    },
    "an alarm that tells nobody": {
      program: but(
        "4.3",
        ...watching("root", patternOf(["userIdentity.type", "Root"]), { alarmActions: [] }),
      ),
      at: "4.3: no metric filter",
    },
    "an alarm that is turned off": {
      program: but(
        "4.3",
        ...watching("root", patternOf(["userIdentity.type", "Root"]), { actionsEnabled: false }),
      ),
      at: "4.3: no metric filter",
    },
    "a filter on another group": {
      program: but("4.3", ...watching("root", root, {}, { logGroupName: "application" })).map(withGroup),
      at: "4.3: no metric filter",
    },
    "a filter on a group whose name begins like the trail's": {
      program: but("4.3", ...watching("root", root, {}, { logGroupName: "trail-copy" })).map(withGroup),
      at: "4.3: no metric filter",
    },
    "filters on another group of the stack": {
      program: [
        group,
        otherGroup,
        trailTo(later, { cloudWatchLogsGroupArn: [group] }),
        ...on(later, otherGroup),
      ],
      at: "4.1: no metric filter",
      times: 15,
    },
    "filters on a group that the trail, which names one, does not write to": {
      program: [namedGroup, otherGroup, trailTo(`${groupArn("trail")}:*`), ...on(later, otherGroup)],
      at: "4.1: no metric filter",
      times: 15,
    },
    "a pattern that forgets an event": {
      program: but("4.7", ...watching("keys", patternOf(["kms.amazonaws.com", "DisableKey"]))),
      at: "4.7: no metric filter",
    },
    "an event whose name only begins so": {
      program: but(
        "4.7",
        ...watching("keys", patternOf(["kms.amazonaws.com", "DisableKeyRotation", "ScheduleKeyDeletion"])),
      ),
      at: "4.7: no metric filter",
    },
  },
  undecided: {
    "which group a filter is on": {
      program: but(
        "4.3",
        ...watching("root", root, {}, { logGroupName: later }).map((one) => ({
          ...one,
          propertyDependencies: { logGroupName: [trail.urn] },
        })),
      ).map(withGroup),
      at: "logGroupName of a LogMetricFilter, for 4.3,",
    },
    "whether an alarm's actions are on": {
      program: but(
        "4.3",
        ...watching("root", root, { actionsEnabled: later }).map((one) => ({
          ...one,
          ...("actionsEnabled" in one.inputs && { propertyDependencies: { actionsEnabled: [trail.urn] } }),
        })),
      ),
      at: "actionsEnabled of a MetricAlarm, for 4.3,",
    },
    "which group the trail writes to": {
      program: [otherGroup, trailTo(later, { cloudWatchLogsGroupArn: [trail] }), ...all.flat()],
      at: "logGroupName of a LogMetricFilter, for 4.1,",
      times: 15,
    },
    "a filter's pattern": {
      program: but(
        "4.3",
        ...watching("root", later).map((one) => ({ ...one, propertyDependencies: { pattern: [trail.urn] } })),
      ),
      at: "pattern of a LogMetricFilter, for 4.3,",
    },
  },
});
