import { alarmsCis } from "../../../../policies/rules/cloudwatch/alarms-cis";
import { cisControls } from "../../../../policies/rules/cloudwatch/cisControls";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";
import { watching } from "./watching";

const patternOf = (holds: readonly string[]) =>
  `{ ${holds.map((text) => `($.eventName = "${text}")`).join(" || ")} }`;
const all = cisControls.map(({ id, holds }) => watching(id, patternOf(holds)));
const trail = declare("trail", { s3BucketName: "trails" });
/** All but one, and what stands in its place. */
const but = (id: string, ...instead: ReturnType<typeof watching>) => [
  trail,
  ...cisControls.flatMap((control, at) => (control.id === id ? [] : (all[at] ?? []))),
  ...instead,
];

testRule(alarmsCis, {
  passes: {
    "an alarm for each control": [trail, ...all.flat()],
    "an account whose trail is elsewhere": declare("secret", {}),
  },
  fails: {
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
    "a filter's pattern": {
      program: but(
        "4.3",
        ...watching("root", later).map((one) => ({ ...one, propertyDependencies: { pattern: [trail.urn] } })),
      ),
      at: "pattern of a LogMetricFilter, for 4.3,",
    },
  },
});
