import { longestRotationDays } from "../../limits";
import { type RotationTimes, rateOf, readSchedule, shortestRotationHours } from "../../aws/schedules";
import { formatDuration } from "./durations";
import type { RotationSchedule } from "../types";
import type { Disagreement } from "../../yaml/expectation";

/** What a manifest says of when to rotate. */
export interface Cadence {
  /** Days. */
  readonly every?: number | undefined;
  /** In Secrets Manager's own terms. */
  readonly schedule?: string | undefined;
  /** Hours. */
  readonly window?: number | undefined;
}

export interface CadenceProblem extends Disagreement {
  readonly key?: keyof Cadence;
}

/**
 * When to rotate, in AWS's terms: exactly one of `every` and `schedule`, within AWS's limits (at least 4 hours apart,
 * windows within the day) and the platform's (at most 90 days apart).
 */
export function scheduleOf(
  cadence: Cadence,
): { readonly schedule: RotationSchedule } | { readonly problem: CadenceProblem } {
  const times = timesOf(cadence);
  if ("found" in times) return { problem: times };
  const { window: windowHours } = cadence;
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
  if (every !== undefined && schedule !== undefined) return bothGiven;
  if (every !== undefined) return rateOf(every, "day");
  if (schedule === undefined) return noneGiven;
  const times = readSchedule(schedule);
  return "found" in times ? { key: "schedule", ...times } : times;
}

export const bothGiven: CadenceProblem = {
  key: "schedule",
  part: "key",
  found: "found both `every` and `schedule`",
  allowed: "a rotation has one of them",
  remedy: "remove one",
};

const noneGiven: CadenceProblem = {
  found: "found neither `every` nor `schedule`",
  allowed: `a secret rotates at least every ${longestRotationDays} days`,
  remedy: "add one, such as `every: 30 days`",
};

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
