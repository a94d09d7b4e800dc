import { stringify } from "csv-stringify/sync";
import type { AuditReport } from "../../model/audit/auditor";
import { reported } from "./rows";

/**
 * A line for each row (RFC 4180), every one of them, without its last line feed. What a spreadsheet would take for a
 * formula begins with an apostrophe.
 */
export function csvReport({ rows }: AuditReport): string {
  const columns = [
    ...["item", "environment", "account", "principal", "session", "consumer", "from", "endpoint"],
    ...["verdict", "reads", "decrypts", "denied", "first", "last"],
  ];
  const csv = stringify(rows.map(reported), {
    header: true,
    columns,
    record_delimiter: "windows",
    escape_formulas: true,
  });
  return csv.slice(0, -1);
}
