import { parseCron } from "./cron";
import type { Fault } from "./decode";
import { durationIn, formatDuration } from "./durations";
import type { RotationSchedule } from "./types";

/** What a manifest says of when to rotate: exactly one of `every` and `schedule`. */
export interface Cadence {
  readonly every?: string | undefined;
  readonly schedule?: string | undefined;
  readonly window?: string | undefined;
}

export interface CadenceFault extends Fault {
  readonly key: keyof Cadence;
}

interface Timing {
  readonly expression: string;
  /** Hours between two windows. */
  readonly shortest: number;
  readonly longest: number;
  /** Hour of the day of the last window. */
  readonly lastStart: number;
}

const shortestHours = 4;
const longestDays = 90;

/**
 * When to rotate, in AWS's terms, within AWS's limits (at least 4 hours apart, windows within the day) and the
 * platform's (at most 90 days apart).
 */
export function scheduleOf(
  cadence: Cadence,
): { readonly schedule: RotationSchedule } | { readonly fault: CadenceFault } {
  const timing = timingOf(cadence);
  if ("key" in timing) return { fault: timing };
  const windowHours = cadence.window === undefined ? undefined : durationIn("hour", cadence.window);
  const fault = intervalFault(cadence, timing) ?? windowFault(timing, windowHours);
  if (fault !== undefined) return { fault };
  return {
    schedule: {
      expression: timing.expression,
      longestDays: timing.longest / 24,
      ...(windowHours !== undefined && { windowHours }),
    },
  };
}

function timingOf({ every, schedule }: Cadence): Timing | CadenceFault {
  if (every !== undefined) {
    const days = durationIn("day", every);
    return rate(days, "day");
  }
  const [, form, inner] = /^(rate|cron)\((.+)\)$/.exec(schedule ?? "") ?? [];
  if (form === "rate") {
    const match = /^(\d{1,5}) (hour|day)s?$/.exec(inner!.trim());
    if (match !== null && Number(match[1]) > 0) return rate(Number(match[1]), match[2] as "hour" | "day");
    return {
      key: "schedule",
      found: "found another form of `rate`",
      allowed: "it takes a number and `hours` or `days`",
      remedy: "write it like `rate(30 days)`",
    };
  }
  const cron = parseCron(inner ?? "");
  if ("found" in cron) return { key: "schedule", ...cron, remedy: "write it like `cron(0 4 ? * SUN *)`" };
  return {
    expression: `cron(${inner!.trim().split(/\s+/).join(" ")})`,
    shortest: cron.shortest,
    longest: cron.longest,
    lastStart: cron.hours.at(-1) ?? 0,
  };
}

/** AWS opens the windows of a rate in days at midnight. */
function rate(amount: number, unit: "hour" | "day"): Timing {
  const hours = unit === "day" ? amount * 24 : amount;
  return {
    expression: `rate(${formatDuration(amount, unit)})`,
    shortest: hours,
    longest: hours,
    lastStart: 0,
  };
}

function intervalFault({ every }: Cadence, { shortest, longest }: Timing): CadenceFault | undefined {
  const key = every === undefined ? "schedule" : "every";
  if (longest === 0) {
    return {
      key,
      found: "no such day ever comes",
      allowed: "a schedule comes at least every 90 days",
      remedy: "correct the day or month",
    };
  }
  if (shortest < shortestHours) {
    return {
      key,
      found: `two rotations can be ${formatDuration(shortest, "hour")} apart`,
      allowed: `Secrets Manager rotates at most every ${shortestHours} hours`,
      remedy: "rotate less often",
    };
  }
  if (longest > longestDays * 24) {
    return {
      key,
      found: `two rotations can be ${formatDuration(Math.ceil(longest / 24), "day")} apart`,
      allowed: `a secret rotates at least every ${longestDays} days`,
      remedy: "rotate more often, or make it a SecureString parameter if the value does not rotate",
    };
  }
  return undefined;
}

function windowFault(
  { shortest, lastStart }: Timing,
  windowHours: number | undefined,
): CadenceFault | undefined {
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
