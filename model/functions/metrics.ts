/** CloudWatch namespace of every metric this platform's functions write. */
export const metricNamespace = "SecretsPlatform";

/** Counts of one, and a duration in milliseconds; dimension: `Function`. */
export const rotationMetrics = {
  succeeded: "RotationSucceeded",
  failed: "RotationFailed",
  duration: "RotationStepDuration",
} as const;

/** Counts of one; dimension: `Function`. */
export const rolloutMetrics = {
  started: "RolloutStarted",
  skipped: "RolloutSkipped",
  failed: "RolloutFailed",
} as const;

/** What the expiry watch finds wrong; each is a metric of its own that counts items, zero included. */
export const findingKinds = [
  "expired",
  "expiring",
  "unset",
  "not as planned",
  "overdue",
  "stuck",
  "waiting",
  "replica failed",
  "unchanged",
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Dimension: `Function`. */
export const expiryWatchMetrics = {
  findings: {
    expired: "Expired",
    expiring: "Expiring",
    unset: "Unset",
    "not as planned": "NotAsPlanned",
    overdue: "RotationOverdue",
    stuck: "RotationStuck",
    waiting: "Waiting",
    "replica failed": "ReplicaFailed",
    unchanged: "Unchanged",
  } satisfies Record<FindingKind, string>,
  /** Items looked at. */
  watched: "Watched",
  /** Notices that could not be sent. */
  noticesFailed: "NoticesFailed",
} as const;

export const functionDimension = "Function";
