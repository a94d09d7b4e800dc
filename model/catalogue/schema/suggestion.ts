import { guessDuration, inSeconds, parseDuration } from "../normalise/durations";
import { nearest } from "../../yaml/nearest";
import type { Expectation } from "../../yaml/expectation";

/** What a person most likely meant by a value that is refused; undefined where that cannot be told. */
export function suggestion(
  value: unknown,
  { duration }: Expectation,
  words?: readonly string[],
): string | undefined {
  if (typeof value === "string" && words !== undefined) return suggestedWord(value, words);
  const isText = typeof value === "string" || typeof value === "number";
  return duration === undefined || !isText ? undefined : suggestedDuration(String(value), duration);
}

function suggestedWord(value: string, words: readonly string[]): string | undefined {
  const exact = words.find((word) => word.toLowerCase() === value.toLowerCase());
  if (exact !== undefined) return `write \`${exact}\``;
  const near = nearest(value, words);
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}

function suggestedDuration(
  value: string,
  { unit, lowest, highest, from, to }: NonNullable<Expectation["duration"]>,
): string | undefined {
  const guess = guessDuration(value, unit);
  const duration = parseDuration(value) ?? (guess === undefined ? undefined : parseDuration(guess));
  if (duration === undefined) return undefined;
  const length = inSeconds(duration);
  if (length > highest) return `write at most \`${to}\``;
  if (length < lowest) return `write at least \`${from}\``;
  return guess === undefined ? undefined : `did you mean \`${guess}\`?`;
}
