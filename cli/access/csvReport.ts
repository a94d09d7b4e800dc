import { stringify } from "csv-stringify/sync";
import type { Decision } from "./decisions";

/** A line for each pair (RFC 4180), without its last line feed; what a spreadsheet would take for a formula is kept from it. */
export function csvReport(found: readonly Decision[]): string {
  const rows = found.map(({ actions, refusedBy, ...one }) => ({
    ...one,
    actions: actions.join(" "),
    refusedBy: refusedBy?.why ?? "",
  }));
  const csv = stringify(rows, {
    header: true,
    columns: ["role", "account", "item", "decision", "actions", "principal", "arn", "refusedBy"],
    record_delimiter: "windows",
    escape_formulas: true,
  });
  return csv.slice(0, -1);
}
