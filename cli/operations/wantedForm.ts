import type { SecretPlan } from "../../model/plan/types";
import type { FormChange } from "../../model/values/databaseForm";
import { plannedForm, waitingChanges } from "../../model/values/plannedForm";
import type { ObservedSecret } from "../../aws/secret";

/**
 * In what a stored value does not follow the manifest; undefined where nobody has noted what it is for, or it is no
 * database's.
 * @param adminArn of the administrator's secret; where it is not known, no other administrator is found
 */
export function changesWaiting(
  { shape, rotation }: SecretPlan,
  { form }: ObservedSecret,
  adminArn: string | undefined,
): readonly FormChange[] | undefined {
  if (shape.form !== "database" || form === undefined) return undefined;
  return waitingChanges(form, plannedForm(shape, rotation.admin, adminArn), adminArn !== undefined);
}
