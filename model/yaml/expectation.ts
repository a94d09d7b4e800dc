import { z } from "zod";
import type { DurationUnit } from "../catalogue/normalise/durations";

/**
 * What a key takes and what to do when something else stands there. Schemas carry it as their error message, so that
 * the words stand beside the rule they explain; `problemsOf` (../issues) reads it back.
 */
export interface Expectation {
  /** Sentence without a full stop: what is allowed. */
  readonly allowed: string;
  /** Sentence without a full stop: what to do; absent when `allowed` says it. */
  readonly remedy?: string;
  /** For maps of fixed keys: the keys. */
  readonly keys?: readonly string[];
  /** For durations: the unit to suggest, and the bounds in seconds and in words. */
  readonly duration?: {
    readonly unit: DurationUnit;
    readonly lowest: number;
    readonly highest: number;
    readonly from: string;
    readonly to: string;
  };
}

export function expected(allowed: string, remedy?: string): string {
  return encode(remedy === undefined ? { allowed } : { allowed, remedy });
}

export function encode(expectation: Expectation): string {
  return JSON.stringify(expectation);
}

/** The expectation in an issue's message; a message of zod's own becomes what is allowed. */
export function expectationOf(message: string): Expectation {
  if (!message.startsWith("{")) return { allowed: message };
  return JSON.parse(message) as Expectation;
}

/** A text of one form. */
export function text(pattern: RegExp, allowed: string, remedy?: string) {
  return textOf(pattern, remedy === undefined ? { allowed } : { allowed, remedy });
}

/** `patternErrorMessage` is what yaml-language-server shows instead of the pattern. */
export function textOf(pattern: RegExp, expectation: Expectation) {
  const message = encode(expectation);
  return z.string(message).regex(pattern, message).meta({ patternErrorMessage: expectation.allowed });
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, remedy?: string) {
  const list = words.map((word) => `\`${word}\``).join(", ");
  return z.enum(words, expected(`must be ${words.length > 1 ? "one of " : ""}${list}`, remedy));
}

/** A whole number in a range, both bounds included. */
export function integer(lowest: number, highest: number, what: string) {
  const message = expected(`must be ${what}, a whole number from ${lowest} to ${highest}`);
  return z.int(message).min(lowest, message).max(highest, message);
}

export function flag() {
  return z.boolean(expected("must be `true` or `false`"));
}

/** A map of fixed keys; any other key is an error. */
export function section<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  const keys = Object.keys(shape);
  const message = encode({ allowed: `${what} is a map with the keys ${keys.join(", ")}`, keys });
  return z.strictObject(shape, message);
}

/** A map whose keys the manifest's author names. */
export function named<Entry extends z.ZodType>(what: string, name: z.ZodString, entry: Entry) {
  return z.record(name, entry, expected(`must be a map from ${what}`));
}

/** A list with at least one entry. */
export function list<Entry extends z.ZodType>(what: string, entry: Entry) {
  const message = expected(`must be a list of ${what}, with at least one entry`);
  return z.array(entry, message).min(1, message);
}
