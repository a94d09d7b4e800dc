export const durationUnits = ["second", "minute", "hour", "day"] as const;
export type DurationUnit = (typeof durationUnits)[number];

export interface Duration {
  readonly amount: number;
  readonly unit: DurationUnit;
}

const seconds: Readonly<Record<DurationUnit, number>> = { second: 1, minute: 60, hour: 3600, day: 86_400 };

/** `30 days`, `1 day`, `45 seconds`: a whole number and a unit, singular or plural; undefined for anything else. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d{1,9}) (second|minute|hour|day)s?$/.exec(text);
  return match === null ? undefined : { amount: Number(match[1]), unit: match[2] as DurationUnit };
}

export function inSeconds(duration: Duration): number {
  return duration.amount * seconds[duration.unit];
}

/** Length in days, hours, minutes or seconds. */
export function inUnit(unit: DurationUnit, duration: Duration): number {
  return inSeconds(duration) / seconds[unit];
}

export function formatDuration(amount: number, unit: DurationUnit): string {
  return `${amount} ${unit}${amount === 1 ? "" : "s"}`;
}

/**
 * The duration a person meant by a text in another form: `30`, `30d`, `4 weeks`, `1 month`; undefined when it cannot
 * be told or comes out at no whole number of the unit.
 */
export function guessDuration(text: string, unit: DurationUnit): string | undefined {
  const match = /^(\d{1,6})\s*([a-z]*)$/i.exec(text.trim());
  if (match === null) return undefined;
  const factor = guessedUnit(match[2]!.toLowerCase(), unit);
  const amount = factor === undefined ? undefined : (Number(match[1]) * factor) / seconds[unit];
  return amount !== undefined && Number.isInteger(amount) && amount > 0
    ? formatDuration(amount, unit)
    : undefined;
}

function guessedUnit(word: string, unit: DurationUnit): number | undefined {
  if (word === "") return seconds[unit];
  if (/^mo(nths?)?$/.test(word)) return 30 * seconds.day;
  if (/^w(eeks?)?$/.test(word)) return 7 * seconds.day;
  if (/^d(ays?)?$/.test(word)) return seconds.day;
  if (/^h((ou)?rs?)?$/.test(word)) return seconds.hour;
  if (/^m(in(ute)?s?)?$/.test(word)) return seconds.minute;
  if (/^s(ec(ond)?s?)?$/.test(word)) return seconds.second;
  return undefined;
}
