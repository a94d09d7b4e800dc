import { parseCron } from "./cron";

/**
 * When Secrets Manager rotates a secret: `rate(10 days)`, `rate(12 hours)` or `cron(0 8 1 * ? *)`, in UTC.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export interface RotationTimes {
  /** As AWS writes it, with single spaces and the unit in the right number. */
  readonly expression: string;
  /** Shortest and longest time between two windows, in hours; both 0 when a day never comes. */
  readonly shortest: number;
  readonly longest: number;
  /** Hour of the day at which the last window opens. */
  readonly lastStart: number;
}

/** Why an expression is none of Secrets Manager's. */
export interface ScheduleProblem {
  readonly found: string;
  readonly allowed: string;
  readonly remedy: string;
}

/** Hours; Secrets Manager rotates no secret more often. */
export const shortestRotationHours = 4;

/** Reads an expression, whatever the times it comes to. */
export function readSchedule(expression: string): RotationTimes | ScheduleProblem {
  const [, form, inner = ""] = /^(rate|cron)\((.+)\)$/.exec(expression) ?? [];
  return form === "rate" ? readRate(inner.trim()) : readCron(inner);
}

function readRate(inner: string): RotationTimes | ScheduleProblem {
  const [, amount, unit] = /^(\d{1,5}) (hour|day)s?$/.exec(inner) ?? [];
  if (Number(amount) > 0) return rateOf(Number(amount), unit as "hour" | "day");
  return {
    found: "found another form of `rate`",
    allowed: "it takes a number and `hours` or `days`",
    remedy: "write it like `rate(30 days)`",
  };
}

/** Windows of a rate in days open at midnight. */
export function rateOf(amount: number, unit: "hour" | "day"): RotationTimes {
  const hours = unit === "day" ? amount * 24 : amount;
  return {
    expression: `rate(${amount} ${unit}${amount === 1 ? "" : "s"})`,
    shortest: hours,
    longest: hours,
    lastStart: 0,
  };
}

function readCron(inner: string): RotationTimes | ScheduleProblem {
  const cron = parseCron(inner);
  if ("found" in cron) return { ...cron, remedy: "write it like `cron(0 4 ? * SUN *)`" };
  return {
    expression: `cron(${inner.trim().split(/\s+/).join(" ")})`,
    shortest: cron.shortest,
    longest: cron.longest,
    lastStart: cron.hours.at(-1) ?? 0,
  };
}
