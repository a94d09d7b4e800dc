import { z } from "zod";
import {
  type Duration,
  type DurationUnit,
  formatDuration,
  inSeconds,
  inUnit,
  parseDuration,
} from "../normalise/durations";
import { numberRange } from "./numberRange";
import { textOf } from "../../yaml/expectation";

/** A duration in one unit, both bounds included; comes to that many. */
export function duration(unit: DurationUnit, lowest: number, highest: number) {
  return durationOf([unit], { amount: lowest, unit }, { amount: highest, unit });
}

/** A duration in any of the units given, both bounds included; comes to that many of the first unit. */
export function durationOf(units: readonly [DurationUnit, ...DurationUnit[]], from: Duration, to: Duration) {
  const shortest = formatDuration(from.amount, from.unit);
  const longest = formatDuration(to.amount, to.unit);
  const unitNames = units.map((unit) => `\`${unit}s\``).join(" or ");
  const lowest = inSeconds(from);
  const highest = inSeconds(to);
  const expectation = {
    allowed: `must be a duration of ${shortest} to ${longest}: a number and ${unitNames}`,
    duration: { unit: units[0], lowest, highest, from: shortest, to: longest },
  };
  const forms = units.map((unit) => {
    const seconds = inSeconds({ amount: 1, unit });
    // For editors too, which know no more than the pattern.
    const amounts = numberRange(Math.ceil(lowest / seconds), Math.floor(highest / seconds));
    return `(?:${amounts}) ${unit}s?`;
  });
  const form = textOf(new RegExp(`^(?:${forms.join("|")})$`), expectation);
  return form.transform((text, context) => {
    const duration = parseDuration(text);
    if (duration !== undefined && inSeconds(duration) >= lowest && inSeconds(duration) <= highest)
      return inUnit(units[0], duration);
    context.addIssue({ code: "custom", params: { expectation } });
    return z.NEVER;
  });
}
