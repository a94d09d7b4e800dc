/** Days in UTC, as AWS counts them: of schedules, expiries and ends of support. */

export const hourMilliseconds = 3_600_000;
export const dayMilliseconds = 24 * hourMilliseconds;

/** The date of a moment, in UTC, as in `2026-11-30`; such texts sort as their dates do. */
export function dateOf(moment: number): string {
  return new Date(moment).toISOString().slice(0, "2026-11-30".length);
}

let day = 0;
let text = "";

/** Today's date in UTC, as in `2026-11-30`. */
export function today(): string {
  const now = Math.floor(Date.now() / dayMilliseconds);
  if (now !== day) {
    day = now;
    text = dateOf(now * dayMilliseconds);
  }
  return text;
}

/** Whole days from one date to another, negative where it is the earlier one. */
export function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / dayMilliseconds;
}
