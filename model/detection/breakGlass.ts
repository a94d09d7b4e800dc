import { platformPath, platformRoleNames } from "../plan/names";
import type { Family } from "./declaration";
import { all, any, equals, filterPattern } from "./filterPattern";
import { byRole } from "./records";

/** `path/name` of the role. */
export const breakGlassRole = `${platformPath.slice(1)}${platformRoleNames.breakGlass}`;

/** Somebody assumes the role, or tries to, or acts as it. */
export const breakGlass: Family = () => [
  {
    counts: {
      metric: "BreakGlassUsed",
      filters: [
        {
          id: "break-glass",
          pattern: filterPattern(
            any(
              byRole(breakGlassRole),
              all(
                equals("eventName", "AssumeRole*"),
                equals("requestParameters.roleArn", `*:role/${breakGlassRole}`),
              ),
            ),
          ),
          examples: [
            {
              eventSource: "sts.amazonaws.com",
              eventName: "AssumeRole",
              requestParameters: { roleArn: `arn:aws:iam::111111111111:role/${breakGlassRole}` },
            },
          ],
        },
      ],
    },
    alarm: {
      id: "break-glass",
      runbook:
        "The break-glass role was assumed or used. First: is an incident open, and do its people know? The notices of the same minutes name the person and each value. " +
        "If nobody knows, revoke the role's sessions in IAM at once. Afterwards `npx platform rotate` every value that was read.",
      trigger: { kind: "count", atLeast: 1, minutes: 1 },
    },
  },
];
