import { longestRotationDays } from "../../limits";
import { type RotationTimes, rateOf, readSchedule, shortestRotationHours } from "../../aws/schedules";
import { durationIn, formatDuration } from "./durations";
import type { RotationSchedule } from "../types";
import type { ProblemWords } from "../../yaml/problem";

/** What a manifest says of when to rotate: exactly one of `every` and `schedule`. */
export interface Cadence {
  readonly every?: string | undefined;
  readonly schedule?: string | undefined;
  readonly window?: string | undefined;
}

export interface CadenceProblem extends ProblemWords {
  readonly key: keyof Cadence;
}

/**
 * When to rotate, in AWS's terms, within AWS's limits (at least 4 hours apart, windows within the day) and the
 * platform's (at most 90 days apart).
 */
export function scheduleOf(
  cadence: Cadence,
): { readonly schedule: RotationSchedule } | { readonly problem: CadenceProblem } {
  const times = timesOf(cadence);
  if ("key" in times) return { problem: times };
  const windowHours = cadence.window === undefined ? undefined : durationIn("hour", cadence.window);
  const problem = intervalProblem(cadence, times) ?? windowProblem(times, windowHours);
  if (problem !== undefined) return { problem };
  return {
    schedule: {
      expression: times.expression,
      longestDays: times.longest / 24,
      ...(windowHours !== undefined && { windowHours }),
    },
  };
}

function timesOf({ every, schedule }: Cadence): RotationTimes | CadenceProblem {
  if (every !== undefined) return rateOf(durationIn("day", every), "day");
  const times = readSchedule(schedule ?? "");
  return "found" in times ? { key: "schedule", ...times } : times;
}

function intervalProblem(
  { every }: Cadence,
  { shortest, longest }: RotationTimes,
): CadenceProblem | undefined {
  const key = every === undefined ? "schedule" : "every";
  if (longest === 0) {
    return {
      key,
      found: "no such day ever comes",
      allowed: `a schedule comes at least every ${longestRotationDays} days`,
      remedy: "correct the day or month",
    };
  }
  if (shortest < shortestRotationHours) {
    return {
      key,
      found: `two rotations can be ${formatDuration(shortest, "hour")} apart`,
      allowed: `Secrets Manager rotates at most every ${shortestRotationHours} hours`,
      remedy: "rotate less often",
    };
  }
  if (longest > longestRotationDays * 24) {
    return {
      key,
      found: `two rotations can be ${formatDuration(Math.ceil(longest / 24), "day")} apart`,
      allowed: `a secret rotates at least every ${longestRotationDays} days`,
      remedy: "rotate more often, or make it a SecureString parameter if the value does not rotate",
    };
  }
  return undefined;
}

function windowProblem(
  { shortest, lastStart }: RotationTimes,
  windowHours: number | undefined,
): CadenceProblem | undefined {
  if (windowHours === undefined) return undefined;
  const most = Math.min(24 - lastStart, shortest);
  if (windowHours <= most) return undefined;
  return {
    key: "window",
    found: `a window of ${formatDuration(windowHours, "hour")}${lastStart > 0 ? ` that opens at ${lastStart}:00` : ""}`,
    allowed: "it must end within the day (UTC) and before the next rotation",
    remedy: `make it at most ${formatDuration(most, "hour")}`,
  };
}
