/**
 * Schedules of Secrets Manager rotations: `rate(10 days)`, `cron(0 8 1 * ? *)`
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html).
 */

/** Longest time between two runs, in days; undefined when the expression cannot be read, Infinity when it never runs. */
export function longestDaysBetween(expression: string): number | undefined {
  if (!known.has(expression)) known.set(expression, readSchedule(expression));
  return known.get(expression);
}

/** Many secrets share few schedules, and a cron expression takes a millisecond. */
const known = new Map<string, number | undefined>();

function readSchedule(expression: string): number | undefined {
  const rate = /^rate\(\s*(\d+)\s+(hour|day)s?\s*\)$/i.exec(expression.trim());
  if (rate !== null) return rate[2]?.toLowerCase() === "hour" ? Number(rate[1]) / 24 : Number(rate[1]);
  const cron = /^cron\(\s*(.+?)\s*\)$/i.exec(expression.trim());
  return cron === null ? undefined : longestCronDays(cron[1]?.split(/\s+/) ?? []);
}

/** A leap year and its neighbours hold every length of month, and every month begins on many days of the week. */
const firstDay = Date.UTC(2024, 0, 1);
const examinedDays = 366 + 365 * 6;
const dayMilliseconds = 86_400_000;

function longestCronDays(fields: readonly string[]): number | undefined {
  const [, , dayOfMonth, month, dayOfWeek] = fields;
  if (dayOfMonth === undefined || month === undefined || dayOfWeek === undefined) return undefined;
  const months = matcher(month, 1, 12, monthNames);
  const inMonth = dayOfMonthMatcher(dayOfMonth);
  const inWeek = dayOfWeekMatcher(dayOfWeek);
  if (months === undefined || inMonth === undefined || inWeek === undefined) return undefined;
  let longest = 0;
  let last: number | undefined;
  for (let day = 0; day < examinedDays; day++) {
    const date = new Date(firstDay + day * dayMilliseconds);
    if (!months(date.getUTCMonth() + 1) || !inMonth(date) || !inWeek(date)) continue;
    longest = Math.max(longest, day - (last ?? 0));
    last = day;
  }
  return last === undefined ? Number.POSITIVE_INFINITY : Math.max(longest, examinedDays - last);
}

const monthNames = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const dayNames = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** Lists, ranges, steps and names of one field. */
function matcher(
  field: string,
  least: number,
  most: number,
  names: readonly string[] = [],
): ((value: number) => boolean) | undefined {
  const allowed = new Set<number>();
  for (const part of field.split(",")) {
    const [range = "", step] = part.split("/");
    const [from, to] = range === "*" || range === "?" ? [least, most] : bounds(range, least, names);
    if (from === undefined || to === undefined) return undefined;
    const by = step === undefined ? 1 : Number(step);
    if (!Number.isInteger(by) || by < 1) return undefined;
    const last = step !== undefined && !range.includes("-") ? most : to;
    for (let value = from; value <= last; value += by) allowed.add(value);
  }
  return (value) => allowed.has(value);
}

function bounds(
  range: string,
  least: number,
  names: readonly string[],
): [number | undefined, number | undefined] {
  const [from = "", to = from] = range.split("-");
  const read = (text: string): number | undefined => {
    const named = names.indexOf(text.toUpperCase());
    if (named >= 0) return named + least;
    return /^\d+$/.test(text) ? Number(text) : undefined;
  };
  return [read(from), read(to)];
}

function dayOfMonthMatcher(field: string): ((date: Date) => boolean) | undefined {
  if (field.toUpperCase() === "L") return (date) => date.getUTCDate() === daysIn(date);
  const nearestWeekday = /^(\d+|L)W$/i.exec(field);
  if (nearestWeekday !== null)
    return (date) => date.getUTCDate() === weekdayNear(date, nearestWeekday[1] ?? "");
  const days = matcher(field, 1, 31);
  return days && ((date) => days(date.getUTCDate()));
}

function dayOfWeekMatcher(field: string): ((date: Date) => boolean) | undefined {
  const nth = /^(\w+)#([1-5])$/.exec(field);
  if (nth !== null) {
    const [day] = bounds(nth[1] ?? "", 1, dayNames);
    return day === undefined
      ? undefined
      : (date) => date.getUTCDay() + 1 === day && Math.ceil(date.getUTCDate() / 7) === Number(nth[2]);
  }
  const last = /^(\w+)L$/i.exec(field);
  if (last !== null) {
    const [day] = bounds(last[1] ?? "", 1, dayNames);
    return day === undefined
      ? undefined
      : (date) => date.getUTCDay() + 1 === day && date.getUTCDate() > daysIn(date) - 7;
  }
  const days = matcher(field.toUpperCase() === "L" ? "7" : field, 1, 7, dayNames);
  return days && ((date) => days(date.getUTCDay() + 1));
}

function daysIn(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}

/** The weekday nearest to a day of the month, inside that month. */
function weekdayNear(date: Date, wanted: string): number {
  const most = daysIn(date);
  const day = wanted.toUpperCase() === "L" ? most : Math.min(Number(wanted), most);
  const weekday = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), day)).getUTCDay();
  if (weekday === 6) return day > 1 ? day - 1 : day + 2;
  if (weekday === 0) return day < most ? day + 1 : day - 2;
  return day;
}
