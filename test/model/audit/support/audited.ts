import { type AuditOptions, auditor, type AuditReport } from "../../../../model/audit/auditor";
import type { TrailRecord } from "../../../../model/audit/trailRecord";
import { samplePlan } from "../../plan/support/samples";

export const plan = samplePlan();

/** The report on these records, held against the sample manifests. */
export function audited(records: readonly TrailRecord[], options: Partial<AuditOptions> = {}): AuditReport {
  const taking = auditor(plan, { unusedDays: 90, ...options });
  records.forEach(taking.add);
  return taking.report();
}
