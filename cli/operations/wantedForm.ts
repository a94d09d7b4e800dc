import type { SecretPlan, SecretShape } from "../../model/plan/types";
import { databaseForm, type FormChange, formChanges } from "../../model/values/databaseForm";
import { type DatabaseSecretValue, databaseSecretValue } from "../../model/values/databaseSecret";
import type { ObservedSecret } from "./secret";

export type DatabaseShape = Extract<SecretShape, { form: "database" }>;

/** The JSON of a database's login as the manifest says it now, by its password. */
export function composedValue(
  shape: DatabaseShape,
  masterArn: string | undefined,
): (password: string) => DatabaseSecretValue {
  return (password) => databaseSecretValue(shape, password, masterArn);
}

/**
 * In what a stored value does not follow the manifest; undefined where nobody has noted what it is for, or it is no
 * database's.
 * @param adminArn of the administrator's secret; where it is not known, no other administrator is found
 */
export function waitingChanges(
  { shape, rotation }: SecretPlan,
  { form }: ObservedSecret,
  adminArn: string | undefined,
): readonly FormChange[] | undefined {
  if (shape.form !== "database" || form === undefined) return undefined;
  const wanted = databaseForm(composedValue(shape, rotation.admin && (adminArn ?? "unknown")));
  const changes = formChanges(form, wanted);
  return adminArn === undefined
    ? changes.filter(({ field, change }) => field !== "masterarn" || change !== "changed")
    : changes;
}
