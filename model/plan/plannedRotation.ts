import type { PlannedRotation } from "../values/plannedRotation";
import type { SecretPlan } from "./types";

/** When and by what a secret is to rotate, for comparison with what Secrets Manager says. */
export function plannedRotation({
  rotation: { functionArn, partner, schedule },
}: Pick<SecretPlan, "rotation">): PlannedRotation {
  if (partner === undefined) return { functionArn, ...schedule };
  const { type, role, metadata } = partner;
  return { partner: { type, role, metadata }, ...schedule };
}
