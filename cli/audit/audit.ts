import { type Auditor, auditor } from "../../model/audit/auditor";
import type { Plan, ReadableItem } from "../../model/plan/types";
import { progressLine } from "../check/progressLine";
import { findItem } from "../operations/item";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { UsageError } from "../usageError";
import { readAccount } from "./account";
import { csvReport } from "./csvReport";
import { readFileRecords } from "./files";
import { jsonReport } from "./jsonReport";
import { logFilesOf } from "./logFiles";
import type { AuditFlags } from "./options";
import { isUnexplained } from "./rows";
import { textReport } from "./textReport";
import type { Gathered } from "./walk";

/** Reads CloudTrail's records, from files or from the account whose credentials are there. Reads no value. */
export async function audit(flags: AuditFlags): Promise<Outcome> {
  if (flags.since !== undefined && flags.until !== undefined && flags.since >= flags.until) {
    throw new UsageError("--since has to be before --until");
  }
  if (flags.verify !== undefined) return proof(flags.verify, flags);
  if (flags.publicKeys !== undefined) throw new UsageError("--public-keys goes with --verify");
  for (const name of ["resume", "source", "limit"] as const) {
    if (flags.file === undefined || flags[name] === undefined) continue;
    throw new UsageError(`--${name} goes with an account's records, not with --file`);
  }
  const plan = planOf(flags);
  const { file, since, until, unusedDays } = flags;
  const taking = auditor(plan, {
    only: wanted(plan, flags),
    ...(since && { since }),
    ...(until && { until }),
    unusedDays,
  });
  const line = progressLine();
  const gathered = await (
    file === undefined ? readAccount(plan, flags, taking, line.show) : readFiles(file, taking, line.show)
  ).finally(line.clear);
  const report = taking.report(gathered.covered);
  const { unreadable } = report.seen;
  const notes = [...gathered.notes, ...(unreadable === 0 ? [] : [oddRecords(unreadable)])];
  const text = flags.format === "csv" ? csvReport(report) : textReport(report, { ...gathered, notes }, flags);
  // A table for machines has no room for them.
  if (flags.format === "csv") notes.forEach((note) => process.stderr.write(`${note}\n`));
  const clean = !gathered.stopped && !report.rows.some(isUnexplained);
  return { text, json: jsonReport(report, notes), clean };
}

function oddRecords(count: number): string {
  const [what, were] = count === 1 ? ["record has", "was"] : ["records have", "were"];
  return `${count} ${what} fields that CloudTrail does not write so, and ${were} left out`;
}

/** What a report on reads takes has no meaning for it. */
async function proof(folder: string, flags: AuditFlags): Promise<Outcome> {
  for (const name of ["file", "source", "limit", "resume", "service", "item"] as const) {
    if (flags[name] !== undefined) throw new UsageError(`--${name} goes with reads, not with --verify`);
  }
  if (flags.format === "csv") throw new UsageError("--verify is printed as text or json");
  const { verify } = await import("./verify/verify.js");
  return verify(folder, flags);
}

async function readFiles(
  files: readonly string[],
  taking: Auditor,
  show: (step: string) => void,
): Promise<Gathered> {
  let unreadable = 0;
  for (const file of logFilesOf(files)) {
    show(`reading ${file}`);
    unreadable += (await readFileRecords(file, taking.add)).unreadable;
  }
  const notes =
    unreadable === 0
      ? []
      : [
          `${unreadable} ${unreadable === 1 ? "line is no record and was" : "lines are no records and were"} left out`,
        ];
  return { covered: true, stopped: false, notes };
}

function wanted(plan: Plan, { service, item }: AuditFlags): (one: ReadableItem) => boolean {
  const services = [...new Set(plan.consumers.map((one) => one.service).concat(itemServices(plan)))];
  if (service !== undefined && !services.includes(service)) {
    throw new UsageError(`there is no service ${service}; there are ${services.sort().join(", ")}`);
  }
  const named = item === undefined ? undefined : findItem(plan, item);
  if (named !== undefined && service !== undefined && named.service !== service) {
    throw new UsageError(`${item} is no value of ${service}; leave out --service or --item`);
  }
  return (one) =>
    (service === undefined || one.service === service) && (named === undefined || one === named);
}

function itemServices({ secrets, managedSecrets, parameters }: Plan): readonly string[] {
  return [...secrets, ...managedSecrets, ...parameters].map(({ service }) => service);
}
