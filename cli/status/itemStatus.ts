import { dayMilliseconds } from "../../model/aws/days";
import type { FindingKind } from "../../model/functions/metrics";

/** What can be wrong with one value: what the expiry watch reports, and what only the Plan can tell. */
export type StatusKind = FindingKind | "missing" | "foreign" | "deleted" | "not rotating";

/** Something a person has to do. */
export interface Finding {
  readonly kind: StatusKind;
  /** What is the matter, with the date; behind the item's name and a colon. */
  readonly matter: string;
  /** What to do next. */
  readonly remedy: string;
}

export interface ItemStatus {
  /** `orders/prod/database` */
  readonly item: string;
  readonly kind: "secret" | "managed-secret" | "parameter";
  /** E-mail address of the owning team. */
  readonly owner: string;
  /** What it is in a word or two: the first finding's kind, `rotating`, or `ok`. */
  readonly state: StatusKind | "rotating" | "ok";
  /** Of a secret its last rotation, of a parameter when its value was written. */
  readonly last?: Date | undefined;
  /** Of a secret its next rotation at the latest, of a parameter its expiry. */
  readonly next?: Date | undefined;
  /** Whole days until then; negative once it has passed. */
  readonly daysLeft?: number | undefined;
  readonly findings: readonly Finding[];
  /** What is no reason to do anything now. */
  readonly notes: readonly string[];
}

/** Whole days from now until then, rounded down: 0 is within a day. */
export function daysUntil(date: Date | undefined, now: Date): number | undefined {
  return date === undefined ? undefined : Math.floor((date.getTime() - now.getTime()) / dayMilliseconds);
}

/** `2027-03-01`, in UTC. */
export function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
