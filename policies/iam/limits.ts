import { isAccountNumber, parseArn } from "../documents/arn";
import type { Statement } from "../documents/document";
import { demands, isLimitedBy } from "../documents/conditions";
import type { Settings } from "../pack/settings";
import { unknown } from "../view/values";

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

const sourceKeys = [
  "aws:sourceaccount",
  "aws:sourcearn",
  "aws:sourceorgid",
  "aws:sourceorgpaths",
  "aws:sourceowner",
];

/**
 * Is the statement, which allows a service, limited by one of the keys to the account, organisation or resource the
 * service acts for? By any key of that kind unless some are given.
 */
export function limitsSource(statement: Statement, keys: readonly string[] = sourceKeys): boolean {
  return demands(statement, ...keys).some(
    ({ key, values }) =>
      values.length > 0 && values.every((value) => value === unknown || namesSource(key, value)),
  );
}

/** Does the value name an account or organisation, or something of one, whatever wildcards it has beside? */
export function namesSource(key: string, value: string): boolean {
  if (key === "aws:sourceaccount" || key === "aws:sourceowner") return isAccountNumber(value);
  if (key.startsWith("aws:sourceorg")) return /^o-[a-z0-9]{10,32}(?:$|\/)/.test(value);
  const arn = parseArn(value);
  // Names of buckets are unique in the world, and their ARNs have no account.
  if (arn?.account === "") return /^[^*?]/.test(arn.resource);
  return arn !== undefined && isAccountNumber(arn.account);
}
