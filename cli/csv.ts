import { stringify } from "csv-stringify/sync";

/**
 * A line for each row (RFC 4180), below one with the names of the columns, without its last line feed. What a spreadsheet
 * would take for a formula begins with an apostrophe.
 */
export function csv(rows: readonly object[], columns: readonly string[]): string {
  const text = stringify([...rows], {
    header: true,
    columns: [...columns],
    record_delimiter: "windows",
    escape_formulas: true,
  });
  return text.slice(0, -1);
}
