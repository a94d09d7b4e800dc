import type { AuditReport } from "../../model/audit/auditor";
import { csv } from "../csv";
import { reported } from "./rows";

/** A line for each row, every one of them. */
export function csvReport({ rows }: AuditReport): string {
  return csv(rows.map(reported), [
    ...["item", "environment", "account", "principal", "session", "consumer", "from", "endpoint"],
    ...["verdict", "reads", "decrypts", "denied", "first", "last"],
  ]);
}
