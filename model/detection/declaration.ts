import type { Alarm, EventRule, Metric, MetricFilter } from "./types";
import type { WatchedAccount } from "./watchedAccount";

/**
 * Something that is watched for, said in one place: what the trail records of it, when that is an alarm and what to do
 * then, and what is told as it happens. Metric filters, alarms, rules, the alarm of a rule that is not delivered,
 * docs/alarms.md (`npm run docs`) and the tests' records follow.
 */
export interface Declaration {
  readonly counts?: Counts;
  readonly alarm?: DeclaredAlarm;
  readonly rule?: EventRule;
}

/** Records of the trail, counted into one metric of its namespace; declarations of one metric are one alarm's. */
export interface Counts {
  readonly metric: string;
  readonly filters: readonly DeclaredFilter[];
}

export type DeclaredFilter = Omit<MetricFilter, "metric">;

export interface DeclaredAlarm extends Omit<Alarm, "metric"> {
  /** @default what the declaration counts */
  readonly metric?: Metric;
}

/** What one file declares for an account; nothing where it is not to be watched there. */
export type Family = (account: WatchedAccount) => readonly Declaration[];
