import { createColors } from "picocolors";
import { isColoured } from "../colour";
import type { AuditReport } from "../../model/audit/auditor";
import type { UnusedGrants } from "../../model/audit/findings";
import type { Row } from "../../model/audit/tally";
import { itemPath } from "../operations/item";
import { plainTable } from "../operations/plainTable";
import type { AuditFlags } from "./options";
import { minute } from "./minute";
import { consumerOf, isUnexplained, reported } from "./rows";
import type { Gathered } from "./walk";

/** The report for people: what needs a look first, then who read what; each table is cut at `--rows` lines. */
export function textReport(
  { seen, complete, rows, unusedGrants, staleReads }: AuditReport,
  { notes }: Gathered,
  { rows: shown, unusedDays }: Pick<AuditFlags, "rows" | "unusedDays">,
  colour = isColoured(),
): string {
  const { bold, red, green, yellow, dim } = createColors(colour);
  const unexplained = rows.filter(isUnexplained);
  const breakGlass = rows.filter((row) => row.finding === "break-glass");
  const denied = rows.filter((row) => row.denied > 0);
  const usual = rows.filter(
    (row) => !isUnexplained(row) && row.finding !== "break-glass" && row.reads + row.decrypts > 0,
  );
  const conclusion = () => {
    if (seen.records === 0) {
      return yellow("no record of Secrets Manager, Parameter Store or KMS was found, so nothing can be said");
    }
    if (unexplained.length === 0 && !complete) {
      return yellow("every read that succeeded is explained, of the records taken; others are missing");
    }
    return unexplained.length === 0
      ? green("every read that succeeded is explained")
      : red(
          `${count(unexplained.length, "line")} above ${unexplained.length === 1 ? "tells" : "tell"} of reads that no grant explains`,
        );
  };
  const sections = [
    table(red("reads that no grant explains"), readColumns, unexplained.map(readLine), shown),
    table(red("break-glass"), readColumns, breakGlass.map(readLine), shown),
    table(bold("refused"), readColumns, denied.map(readLine), shown),
    table(
      bold("read after they should have rotated"),
      ["read last", "rotated", "due"],
      (staleReads ?? []).map(({ item, lastRead, lastChanged, due }) => [
        itemPath(item),
        minute(lastRead),
        lastChanged === undefined ? "not in these records" : minute(lastChanged),
        day(due),
      ]),
      shown,
    ),
    table(
      bold(`grants nobody used in ${unusedDays} days`),
      ["consumer", "used last", "owner"],
      (unusedGrants?.grants ?? []).map(({ item, role, last }) => [
        itemPath(item),
        `${consumerOf(role)} (${role.use})`,
        last === undefined ? "-" : minute(last),
        item.owner,
      ]),
      shown,
    ),
    table(bold("reads"), readColumns, usual.map(readLine), shown),
  ];
  return [
    ...sections.filter((section) => section !== undefined).flatMap((section) => [section, ""]),
    ...(seen.records === 0
      ? []
      : [
          `${count(seen.records, "record")} from ${minute(seen.from)} to ${minute(seen.to)} UTC, of ` +
            `${count(seen.accounts.length, "account")} (${seen.accounts.slice(0, 10).join(", ")}); ` +
            `${seen.joined} joined with the other account's`,
        ]),
    ...[...remarks(seen), ...(seen.records > 0 ? untold(unusedGrants, unusedDays) : []), ...notes].map(dim),
    conclusion(),
  ].join("\n");
}

function remarks({ repeated, unjoined, outside }: AuditReport["seen"]): readonly string[] {
  return [
    ...(repeated > 0 ? [`${count(repeated, "record")} came more than once, and counted once`] : []),
    ...(unjoined > 0
      ? [`${count(unjoined, "record")} of an owner's account came without the caller's, which names the role`]
      : []),
    ...(outside > 0 ? [`${count(outside, "read")} of values that no manifest names`] : []),
  ];
}

function untold(unused: UnusedGrants | undefined, days: number): readonly string[] {
  if (unused === undefined)
    return ["neither unused grants nor late rotations are listed: records are missing"];
  if (unused.untold.length === 0) return [];
  return [
    `unused grants of ${unused.untold.slice(0, 10).join(", ")} are not listed: their records do not reach back ` +
      `${days} days; ask for fewer with --unused-days`,
  ];
}

const readColumns = ["by", "from", "why", "reads", "refused", "first", "last"];

function readLine(row: Row): readonly string[] {
  const {
    item,
    principal,
    session,
    consumer,
    from,
    endpoint,
    verdict,
    reads,
    decrypts,
    denied,
    first,
    last,
  } = reported(row);
  const short = principal.replace(/^arn:[^:]*:iam::(\d*):(.*)$/, "$2 of $1");
  const by = consumer === "" ? short : consumer;
  return [
    item === "" ? "not named in the record" : item,
    session === "" ? by : `${by} as ${session}`,
    [from, endpoint].filter(Boolean).join(" ") || "-",
    verdict,
    String(reads > 0 ? reads : decrypts),
    String(denied),
    minute(first),
    minute(last),
  ];
}

function table(
  title: string,
  head: readonly string[],
  lines: readonly (readonly string[])[],
  shown: number,
): string | undefined {
  if (lines.length === 0) return undefined;
  const sorted = [...lines].sort((a, b) => (a[0] ?? "").localeCompare(b[0] ?? ""));
  const rest = lines.length - shown;
  const cells = sorted.slice(0, shown).map(([name = "", ...others]) => [`  ${name}`, ...others]);
  return [
    plainTable([title, ...head], cells),
    ...(rest > 0 ? [`  and ${rest} more; --rows ${lines.length} or --format csv shows them`] : []),
  ].join("\n");
}

function day(time: string): string {
  return time.slice(0, 10);
}

function count(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? "" : "s"}`;
}
