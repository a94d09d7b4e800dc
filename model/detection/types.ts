import type { EventPattern } from "./eventPattern";

/**
 * What is watched in one account, as data: filters count records of the trail's log group into metrics, alarms look at
 * metrics, and rules hand events on as they happen.
 */
export interface Detections {
  readonly filters: readonly MetricFilter[];
  readonly alarms: readonly Alarm[];
  readonly rules: readonly EventRule[];
}

export interface MetricFilter {
  /** Unique in the account, kebab-case. */
  readonly id: string;
  /** At most 1,024 characters, in the language of CloudWatch Logs for JSON. */
  readonly pattern: string;
  /** Metric of the trail's namespace that each record counts 1 into; several filters may share one. */
  readonly metric: string;
  /** What makes it shorter where settings or accounts make it too long. @default shorter names */
  readonly shorten?: string;
  /** Records that it matches, each as far as it differs from any other record of a person's call; tests try them. */
  readonly examples?: readonly RecordExample[];
}

/** Fields of a record of CloudTrail. */
export type RecordExample = Readonly<Record<string, unknown>>;

export interface Alarm {
  /** Unique in the account, kebab-case; the alarm's name is `{prefix}-{id}`. */
  readonly id: string;
  /** What happened and what to do first; at most 1,024 characters. */
  readonly runbook: string;
  readonly metric: Metric;
  readonly trigger: Trigger;
}

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

export type Trigger =
  /** The sum within `minutes` reaches `atLeast`. */
  | { readonly kind: "count"; readonly atLeast: number; readonly minutes: number }
  /** The latest number reported, at most `minutes` old, reaches `atLeast`; `unit` where it counts no items. */
  | { readonly kind: "level"; readonly atLeast: number; readonly minutes: number; readonly unit?: string }
  /** The sum within `minutes`, several times in a row, lies above what CloudWatch has learned to expect. */
  | { readonly kind: "band"; readonly deviations: number; readonly minutes: number; readonly inRow: number }
  /** Nothing at all within `minutes`. */
  | { readonly kind: "silence"; readonly minutes: number }
  /** No number reported for so many hours, not even zero; at most 168. */
  | { readonly kind: "absence"; readonly hours: number };

/** A rule of EventBridge that tells of events. What people get, from an alarm, a rule or the daily watch, is a notice. */
export interface EventRule {
  /** Unique in the account, kebab-case; the rule's name is `{prefix}-{id}`. */
  readonly id: string;
  /** What the rule is for; at most 512 characters. */
  readonly description: string;
  /** At most 2,048 characters as JSON. */
  readonly pattern: EventPattern;
  /** CloudTrail's records of calls that only read are matched too, which EventBridge leaves out by default. */
  readonly includesReads: boolean;
  readonly message: EventMessage;
}

/** How an event is told; texts may hold `<name>` of `fields`. */
export interface EventMessage {
  /** JSON path in the event by name. */
  readonly fields: Readonly<Record<string, string>>;
  readonly title: string;
  readonly description: string;
  readonly nextSteps: readonly string[];
}
