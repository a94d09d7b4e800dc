import { InvalidArgumentError } from "commander";

export interface AuditFlags {
  readonly format: "text" | "json" | "csv";
  readonly services?: string;
  readonly file?: readonly string[];
  readonly since?: Date;
  readonly until?: Date;
  readonly unusedDays: number;
  readonly service?: string;
  readonly item?: string;
  /** @default the archive where the account holds one that can be queried, otherwise LookupEvents */
  readonly source?: AuditSource;
  /** Records taken at most. */
  readonly limit?: number;
  /** Lines of a table. */
  readonly rows: number;
  readonly resume?: string;
  /** Folder with a copy of the archive, whose files are proven in place of asking who read what. */
  readonly verify?: string;
  /** Files with CloudTrail's public keys. */
  readonly publicKeys?: readonly string[];
}

/** Where records of an account come from: LookupEvents, or Athena over the archive of trails. */
export type AuditSource = (typeof auditSources)[number];
export const auditSources = ["lookup", "archive"] as const;

/** `2026-03-01`, or a time of ISO 8601 with its zone. */
export function parseTime(text: string): Date {
  const [, day = ""] =
    /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?$/.exec(text) ?? [];
  const time = new Date(isDay(day) ? text : NaN);
  if (Number.isNaN(time.getTime())) {
    throw new InvalidArgumentError(
      "It takes a day (2026-03-01) or a time with its zone (2026-03-01T08:00:00Z).",
    );
  }
  return time;
}

/** Whether the calendar has it: JavaScript takes 31 February for 3 March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

export function parseCount(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError("It takes a whole number from 1 on.");
  return Number(text);
}
