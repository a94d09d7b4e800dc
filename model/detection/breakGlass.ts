import { platformPath, platformRoleNames } from "../plan/names";
import { all, any, equals, filterPattern } from "./filterPattern";
import { counted } from "./metrics";
import { byRole } from "./records";
import type { Alarm, MetricFilter } from "./types";

/** `path/name` of the role. */
export const breakGlassRole = `${platformPath.slice(1)}${platformRoleNames.breakGlass}`;

/** Somebody assumes the role, or tries to, or acts as it. */
export const breakGlassFilter: MetricFilter = {
  id: "break-glass",
  metric: "BreakGlassUsed",
  pattern: filterPattern(
    any(
      byRole(breakGlassRole),
      all(
        equals("eventName", "AssumeRole*"),
        equals("requestParameters.roleArn", `*:role/${breakGlassRole}`),
      ),
    ),
  ),
};

export const breakGlassAlarm: Alarm = {
  id: "break-glass",
  runbook:
    "The break-glass role was assumed or used. First: is an incident open, and do its people know? The notices of the same minutes name the person and each value. " +
    "If nobody knows, revoke the role's sessions in IAM at once. Afterwards `platform rotate` every value that was read.",
  metric: counted("BreakGlassUsed"),
  trigger: { kind: "count", atLeast: 1, minutes: 1 },
};
