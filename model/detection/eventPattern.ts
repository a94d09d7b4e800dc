/**
 * EventBridge's patterns as data: an event matches when for every key one of the listed values does.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export interface EventPattern {
  readonly [key: string]: EventPattern | readonly EventPattern[] | readonly EventValue[];
}

export type EventValue =
  | string
  | boolean
  | { readonly prefix: string }
  | { readonly suffix: string }
  | { readonly wildcard: string }
  | { readonly exists: boolean }
  | { readonly "anything-but": readonly string[] | { readonly wildcard: readonly string[] } };

/** Characters EventBridge takes of one pattern. */
export const longestEventPattern = 2_048;

/** Minified, as EventBridge counts. */
export function eventPatternText(pattern: EventPattern): string {
  return JSON.stringify(pattern);
}

/** What CloudTrail's records of calls come as. */
export const callRecords = "AWS API Call via CloudTrail";

/** What CloudTrail's records of what services do by themselves come as. */
export const serviceRecords = "AWS Service Event via CloudTrail";
