import type { AuditReport } from "../../model/audit/auditor";
import { itemPath } from "../operations/item";
import { consumerOf, isUnexplained, reported } from "./rows";

export function jsonReport(report: AuditReport, notes: readonly string[]) {
  const { seen, complete, rows, unusedGrants, staleReads } = report;
  return {
    seen,
    complete,
    notes,
    unexplained: rows.filter(isUnexplained).length,
    rows: rows.map(reported),
    unusedGrants:
      unusedGrants?.grants.map(({ item, role, last }) => ({
        item: itemPath(item),
        consumer: consumerOf(role),
        role: role.arn,
        owner: item.owner,
        ...(last !== undefined && { last }),
      })) ?? null,
    /** Accounts whose records do not reach back far enough for the list above. */
    unusedGrantsUntold: unusedGrants?.untold ?? null,
    staleReads:
      staleReads?.map(({ item, ...times }) => ({ item: itemPath(item), owner: item.owner, ...times })) ??
      null,
  };
}
