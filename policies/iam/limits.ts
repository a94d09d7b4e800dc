import type { Statement } from "../documents/document";
import { demands, isLimitedBy } from "../documents/conditions";
import type { Settings } from "../settings";
import { unknown } from "../values";

/** Is the statement limited to principals by name? */
export function limitsRole(statement: Statement): boolean {
  return isLimitedBy(statement, "aws:principalarn", "aws:userid", "aws:principaltag/service");
}

/** Is the statement limited to the organisation, to the given one where the settings name it? */
export function limitsOrganization(
  statement: Statement,
  { organization }: Pick<Settings, "organization">,
): boolean {
  if (organization === "") return isLimitedBy(statement, "aws:principalorgid", "aws:principalorgpaths");
  return demands(statement, "aws:principalorgid", "aws:principalorgpaths").some(
    ({ values }) =>
      values.length > 0 &&
      values.every(
        (value) => value === unknown || value === organization || value.startsWith(`${organization}/`),
      ),
  );
}

/** Is the statement, which allows a service, limited to the account or resource the service acts for? */
export function limitsSource(statement: Statement): boolean {
  return isLimitedBy(
    statement,
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceorgpaths",
    "aws:sourceowner",
  );
}
