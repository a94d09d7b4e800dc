/**
 * Cron expressions of Secrets Manager rotation schedules, in UTC
 * (https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_schedule.html): windows open on the hour,
 * hours take one start and a step that begins anew each day, and the year is any.
 */
export interface CronSchedule {
  /** Hours of the day at which windows open, ascending. */
  readonly hours: readonly number[];
  /** Shortest and longest time between two windows, in hours; both 0 when a day never comes. */
  readonly shortest: number;
  readonly longest: number;
}

/** What is wrong with an expression's field. */
export interface CronFault {
  readonly found: string;
  readonly allowed: string;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

type DayTest = (date: { day: number; daysInMonth: number; weekday: number }) => boolean;

/** Reads what stands inside `cron(…)`. */
export function parseCron(expression: string): CronSchedule | CronFault {
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
  const fault = (field: string, text: string, allowed: string): CronFault => ({
    found: /^[\w*?/,# -]{1,20}$/.test(text)
      ? `found "${text}" for the ${field}`
      : `found another form of the ${field}`,
    allowed,
  });
  if (minutes !== "0")
    return fault("minutes", minutes, "minutes must be 0: rotation windows open on the hour");
  if (year !== "*") return fault("year", year, "the year must be *");
  const hours = parseHours(hoursField);
  if (hours === undefined)
    return fault("hours", hoursField, "hours must be 0 to 23, or START/STEP such as 0/12");
  const month = parseList(monthField, 1, 12, months);
  if (month === undefined) {
    return fault("month", monthField, "the month takes 1 to 12 or JAN to DEC, with , - * and /");
  }
  if ((dayField === "?") === (weekdayField === "?")) {
    return fault(
      "day of month and day of week",
      `${dayField} ${weekdayField}`,
      "exactly one of day of month and day of week must be ?",
    );
  }
  const day = weekdayField === "?" ? parseDay(dayField) : parseWeekday(weekdayField);
  if (day === undefined) {
    return weekdayField === "?"
      ? fault("day of month", dayField, "the day of month takes 1 to 31 and L, with , - * and /")
      : fault(
          "day of week",
          weekdayField,
          "the day of week takes 1 to 7, SUN to SAT and L, with , - * / and #",
        );
  }
  return { hours, ...gaps(hours, month, day) };
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
    : ({ day, daysInMonth }) => days.has(day) || (last && day === daysInMonth);
}

function parseWeekday(field: string): DayTest | undefined {
  const nth = /^(\w{1,3})#([1-5])$/.exec(field);
  if (nth !== null) {
    const weekday = parseList(nth[1]!, 1, 7, weekdays);
    const week = Number(nth[2]);
    return weekday === undefined
      ? undefined
      : (date) => weekday.has(date.weekday) && Math.ceil(date.day / 7) === week;
  }
  // The last day of the week is Saturday.
  const days = parseList(field === "L" ? "SAT" : field, 1, 7, weekdays);
  return days === undefined ? undefined : (date) => days.has(date.weekday);
}

/** Dates and weekdays repeat after 28 years within this century. */
const cycleYears = 28;
const firstYear = 2024;
const cycleHours = (cycleYears * 365 + cycleYears / 4) * 24;

function gaps(
  hours: readonly number[],
  inMonth: ReadonlySet<number>,
  onDay: DayTest,
): { shortest: number; longest: number } {
  let first: number | undefined;
  let last: number | undefined;
  let shortest = Infinity;
  let longest = 0;
  const open = (hour: number): void => {
    if (last !== undefined) {
      shortest = Math.min(shortest, hour - last);
      longest = Math.max(longest, hour - last);
    }
    first ??= hour;
    last = hour;
  };
  let dayOfCycle = 0;
  for (let year = firstYear; year < firstYear + cycleYears; year++) {
    for (let month = 1; month <= 12; month++) {
      const daysInMonth = month === 2 ? (year % 4 === 0 ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
      for (let day = 1; day <= daysInMonth; day++, dayOfCycle++) {
        // 1 January 2024 is a Monday; AWS counts from Sunday as 1.
        const weekday = ((dayOfCycle + 1) % 7) + 1;
        if (!inMonth.has(month) || !onDay({ day, daysInMonth, weekday })) continue;
        for (const hour of hours) open(dayOfCycle * 24 + hour);
      }
    }
  }
  if (first === undefined) return { shortest: 0, longest: 0 };
  open(first + cycleHours);
  return { shortest, longest };
}
