import type { AuditReport } from "../../model/audit/auditor";
import { itemPath } from "../operations/item";
import { consumerOf, isUnexplained, reported } from "./rows";

export function jsonReport({ seen, rows, unusedGrants, staleReads }: AuditReport, notes: readonly string[]) {
  return {
    seen,
    notes,
    unexplained: rows.filter(isUnexplained).length,
    rows: rows.map(reported),
    unusedGrants:
      unusedGrants?.map(({ item, role, last }) => ({
        item: itemPath(item),
        consumer: consumerOf(role),
        role: role.arn,
        owner: item.owner,
        ...(last !== undefined && { last }),
      })) ?? null,
    staleReads: staleReads.map(({ item, ...times }) => ({
      item: itemPath(item),
      owner: item.owner,
      ...times,
    })),
  };
}
