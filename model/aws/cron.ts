/**
 * Cron expressions of Secrets Manager rotation schedules, in UTC
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html): windows open on the hour,
 * hours take one start and a step that begins again each day, and the year is any.
 */
export interface CronSchedule {
  /** Hours of the day at which windows open, ascending. */
  readonly hours: readonly number[];
  /** Shortest and longest time between two windows, in hours; both 0 when a day never comes. */
  readonly shortest: number;
  readonly longest: number;
}

/** What is wrong with an expression's field. */
export interface CronProblem {
  readonly found: string;
  readonly allowed: string;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

/** Whether windows open on a day; `weekday` counts from Sunday as 1. */
type DayTest = (day: number, daysInMonth: number, weekday: number) => boolean;

const read = new Map<string, CronSchedule | CronProblem>();

/** Reads what stands inside `cron(…)`; each expression is worked out once. */
export function parseCron(expression: string): CronSchedule | CronProblem {
  const known = read.get(expression);
  if (known !== undefined) return known;
  const result = readCron(expression);
  read.set(expression, result);
  return result;
}

function readCron(expression: string): CronSchedule | CronProblem {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== 6) {
    return {
      found: `found ${fields.length} fields`,
      allowed: "cron takes six: minutes, hours, day of month, month, day of week, year",
    };
  }
  const [minutes, hoursField, dayField, monthField, weekdayField, year] = fields as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const problem = (field: string, text: string, allowed: string): CronProblem => ({
    found: /^[\w*?/,# -]{1,20}$/.test(text)
      ? `found "${text}" for the ${field}`
      : `found another form of the ${field}`,
    allowed,
  });
  if (minutes !== "0")
    return problem("minutes", minutes, "minutes must be 0: rotation windows open on the hour");
  if (year !== "*") return problem("year", year, "the year must be *");
  const hours = parseHours(hoursField);
  if (hours === undefined)
    return problem("hours", hoursField, "hours must be 0 to 23, or START/STEP such as 0/12");
  const month = parseList(monthField, 1, 12, months);
  if (month === undefined) {
    return problem("month", monthField, "the month takes 1 to 12 or JAN to DEC, with , - * and /");
  }
  if ((dayField === "?") === (weekdayField === "?")) {
    return problem(
      "day of month and day of week",
      `${dayField} ${weekdayField}`,
      "exactly one of day of month and day of week must be ?",
    );
  }
  const day = weekdayField === "?" ? parseDay(dayField) : parseWeekday(weekdayField);
  if (day === undefined) {
    return weekdayField === "?"
      ? problem("day of month", dayField, "the day of month takes 1 to 31 and L, with , - * and /")
      : problem(
          "day of week",
          weekdayField,
          "the day of week takes 1 to 7, SUN to SAT and L, with , - * / and #, or a day and L",
        );
  }
  return { hours, ...gaps(hours, month, day, weekdayField === "?" ? 4 : 28) };
}

function parseHours(field: string): readonly number[] | undefined {
  const match = /^(\d{1,2})?(?:\/(\d{1,2}))?$/.exec(field);
  if (match === null || field === "") return undefined;
  const start = Number(match[1] ?? 0);
  const step = match[2] === undefined ? 24 : Number(match[2]);
  if (start > 23 || step < 1 || step > 24) return undefined;
  const hours: number[] = [];
  for (let hour = start; hour < 24; hour += step) hours.push(hour);
  return hours;
}

/** Numbers named by a comma-separated list of values, ranges and steps; undefined when it is not one. */
function parseList(
  field: string,
  lowest: number,
  highest: number,
  names: readonly string[],
): Set<number> | undefined {
  const number = (text: string): number | undefined => {
    const named = names.indexOf(text.toUpperCase());
    const value = named >= 0 ? named + lowest : /^\d{1,2}$/.test(text) ? Number(text) : NaN;
    return value >= lowest && value <= highest ? value : undefined;
  };
  const all = new Set<number>();
  for (const part of field.split(",")) {
    const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/(\d{1,2}))?$/.exec(part);
    if (match === null) return undefined;
    const [, star, first, last, stepText] = match;
    const start = star !== undefined ? lowest : number(first!);
    const end =
      star !== undefined || (last === undefined && stepText !== undefined)
        ? highest
        : last === undefined
          ? start
          : number(last);
    const step = stepText === undefined ? 1 : Number(stepText);
    if (start === undefined || end === undefined || end < start || step < 1) return undefined;
    for (let value = start; value <= end; value += step) all.add(value);
  }
  return all;
}

function parseDay(field: string): DayTest | undefined {
  const listed = field.split(",").filter((part) => part !== "L");
  const days = listed.length === 0 ? new Set<number>() : parseList(listed.join(","), 1, 31, []);
  const last = listed.length < field.split(",").length;
  return days === undefined
    ? undefined
    : (day, daysInMonth) => days.has(day) || (last && day === daysInMonth);
}

function parseWeekday(field: string): DayTest | undefined {
  const nth = /^(\w{1,3})#([1-5])$/.exec(field);
  if (nth !== null) {
    const weekday = parseList(nth[1]!, 1, 7, weekdays);
    const week = Number(nth[2]);
    return weekday === undefined ? undefined : (day, _, on) => weekday.has(on) && Math.ceil(day / 7) === week;
  }
  // `SUNL` is the last Sunday of a month.
  const last = /^(\w{1,3})L$/.exec(field);
  if (last !== null) {
    const weekday = parseList(last[1]!, 1, 7, weekdays);
    return weekday === undefined
      ? undefined
      : (day, daysInMonth, on) => weekday.has(on) && day > daysInMonth - 7;
  }
  // The last day of the week is Saturday.
  const days = parseList(field === "L" ? "SAT" : field, 1, 7, weekdays);
  return days === undefined ? undefined : (_day, _daysInMonth, weekday) => days.has(weekday);
}

const firstYear = 2024;

/** Leap years come every fourth year of this century, and weekdays fall on the same dates after 28 years. */
function gaps(
  hours: readonly number[],
  inMonth: ReadonlySet<number>,
  onDay: DayTest,
  cycleYears: 4 | 28,
): { shortest: number; longest: number } {
  const opened: number[] = [];
  let dayOfCycle = 0;
  for (let year = firstYear; year < firstYear + cycleYears; year++) {
    for (let month = 1; month <= 12; month++) {
      const daysInMonth = lengthOf(month, year);
      if (inMonth.has(month)) {
        for (let day = 1; day <= daysInMonth; day++) {
          // 1 January 2024 is a Monday.
          const weekday = ((dayOfCycle + day) % 7) + 1;
          if (onDay(day, daysInMonth, weekday)) opened.push(dayOfCycle + day);
        }
      }
      dayOfCycle += daysInMonth;
    }
  }
  if (opened.length === 0) return { shortest: 0, longest: 0 };
  opened.push(opened[0]! + dayOfCycle);
  // Within a day windows are a step apart; between two days from the last of one to the first of the next.
  const withinDay = hours.length > 1 ? hours[1]! - hours[0]! : Infinity;
  const overNight = hours[0]! - hours[hours.length - 1]!;
  let fewest = Infinity;
  let most = 0;
  for (let index = 1; index < opened.length; index++) {
    const days = opened[index]! - opened[index - 1]!;
    fewest = Math.min(fewest, days);
    most = Math.max(most, days);
  }
  return {
    shortest: Math.min(withinDay, fewest * 24 + overNight),
    longest: Math.max(hours.length > 1 ? withinDay : 0, most * 24 + overNight),
  };
}

function lengthOf(month: number, year: number): number {
  if (month === 2) return year % 4 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
