import type { SecretShape } from "../plan/types";
import { type DatabaseForm, databaseForm, type FormChange, formChanges } from "./databaseForm";
import { type DatabaseSecretValue, databaseSecretValue } from "./databaseSecret";

export type DatabaseShape = Extract<SecretShape, { form: "database" }>;

/** Stands for the ARN of an administrator's secret where it is not known. */
const someAdministrator = "an administrator";

/** The JSON of a database's login as the manifest says it now, by its password. */
export function composedValue(
  shape: DatabaseShape,
  masterArn: string | undefined,
): (password: string) => DatabaseSecretValue {
  return (password) => databaseSecretValue(shape, password, masterArn);
}

/** What a value composed now is for. The fields that are made anew with each value say nothing of that. */
export function formOfLogin(
  { engine, database, ssl }: DatabaseShape,
  masterArn: string | undefined,
): DatabaseForm {
  const login = { engine, database, ...(ssl !== undefined && { ssl }) };
  return databaseForm((password) => databaseSecretValue(login, password, masterArn));
}

/** What a value is to be for, as far as that can be said before the administrator's secret is made. */
export function plannedForm(
  shape: DatabaseShape,
  admin: string | undefined,
  adminArn?: string,
): DatabaseForm {
  return formOfLogin(shape, admin && (adminArn ?? someAdministrator));
}

/**
 * In what a stored value does not follow the manifest. A reader's host that it no longer names is left out: nothing may
 * refer to it, and this platform's own rotation takes it away.
 * @param isAdminKnown false: one with another administrator's ARN passes, one with or without any does not
 */
export function waitingChanges(
  stored: DatabaseForm,
  planned: DatabaseForm,
  isAdminKnown: boolean,
): readonly FormChange[] {
  const changes = formChanges(stored, planned).filter(
    ({ field, change }) => field !== "readerHost" || change !== "removed",
  );
  return isAdminKnown
    ? changes
    : changes.filter(({ field, change }) => field !== "masterarn" || change !== "changed");
}
