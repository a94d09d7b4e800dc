import { csv } from "../csv";
import type { Decision } from "./decisions";

/** A line for each pair. */
export function csvReport(found: readonly Decision[]): string {
  const rows = found.map(({ actions, refusedBy, ...one }) => ({
    ...one,
    actions: actions.join(" "),
    refusedBy: refusedBy?.why ?? "",
  }));
  return csv(rows, ["role", "account", "item", "decision", "actions", "principal", "arn", "refusedBy"]);
}
