import type { Family } from "./declaration";
import { drift } from "./drift";
import { arrivals } from "./metrics";

/** The daily watch alone makes some calls each day. */
export const trailSilent: Family = ({ logGroup }) => [
  {
    alarm: {
      id: "trail-silent",
      runbook:
        "No record has reached the trail's log group for a day: either nothing calls AWS here, or the trail was stopped, or its role or key was changed. " +
        `First: \`aws cloudtrail get-trail-status\` says when it last delivered and why not; ${drift.putBack} puts trail, role and key back. Until then no other alarm of this account works.`,
      metric: arrivals(logGroup),
      trigger: { kind: "silence", minutes: 24 * 60 },
    },
  },
];
