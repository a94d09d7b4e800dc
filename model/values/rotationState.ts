import { dayMilliseconds, hourMilliseconds } from "../aws/days";

/** A rotation under way is done, or has failed and been tried again, long before this many milliseconds. */
export const stuckAfterMs = 2 * hourMilliseconds;

/** Milliseconds past its date in which Secrets Manager still tries a rotation that failed again by itself. */
export const overdueGraceMs = dayMilliseconds;

/** What Secrets Manager says of a secret's rotation, without its value. */
export interface RotationDates {
  /** When it means to rotate at the latest; in the past after failures. */
  readonly next?: Date | undefined;
  readonly last?: Date | undefined;
  /** Days between two rotations, for a rate. */
  readonly everyDays?: number | undefined;
  /** Hours the window is open once the due day begins; AWS's default is the rest of the day. */
  readonly windowHours?: number | undefined;
}

/**
 * End of the window in which the rotation that is due was to happen; undefined where neither a date nor a rate is
 * known. The earlier of Secrets Manager's own date, which counts the window in, and of what the last rotation and the
 * rate give: after failures the first can move on although nothing was rotated.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html
 */
export function rotationDue({ next, last, everyDays, windowHours = 24 }: RotationDates): Date | undefined {
  const byRate =
    last === undefined || everyDays === undefined
      ? undefined
      : last.getTime() + everyDays * dayMilliseconds + windowHours * hourMilliseconds;
  const dates = [next?.getTime(), byRate].filter((date) => date !== undefined);
  return dates.length === 0 ? undefined : new Date(Math.min(...dates));
}

/** Whether a rotation is so late that Secrets Manager has given up trying by itself. */
export function isRotationOverdue(dates: RotationDates, now: Date): boolean {
  const due = rotationDue(dates);
  return due !== undefined && due.getTime() + overdueGraceMs <= now.getTime();
}

/** Days of a `rate(...)` expression; undefined for anything else. */
export function daysOfRate(expression: string): number | undefined {
  const [, amount, unit] = /^rate\((\d+) (day|hour)s?\)$/.exec(expression) ?? [];
  if (amount === undefined) return undefined;
  return unit === "hour" ? Number(amount) / 24 : Number(amount);
}
