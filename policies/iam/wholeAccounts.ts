import { parseArn } from "../documents/arn";
import { isLimitedBy, refuses } from "../documents/conditions";
import type { Condition, Statement, Text } from "../documents/document";
import { covers } from "../../model/aws/patterns";
import { includesAction } from "../documents/statements";
import { unknown, type Unknown } from "../view/values";
import { hasUnknownPrincipal, isEverybody, wholeAccountOf } from "./principals";

/** Whom a statement allows without a name, as texts for messages: `account 111111111111`, `everybody`. */
export function accountsAsAWhole({ principals, notPrincipals }: Statement): readonly string[] {
  const whole = principals.flatMap((principal) => {
    const account = wholeAccountOf(principal);
    if (account !== undefined) return [`account ${account}`];
    return isEverybody(principal) ? ["everybody"] : [];
  });
  return notPrincipals.length > 0 ? [...whole, "everybody"] : whole;
}

/** Keys that say who it is, and keys that say through what or for what the key is used. */
const whoKeys = ["aws:principalarn", "aws:userid", "aws:username"];
const howKeys = ["kms:viaservice", "kms:encryptioncontextkeys", "kms:grantisforawsresource"];
const keyFamilies = ["aws:principaltag/", "kms:encryptioncontext:"];

/**
 * Is what a key's statement allows narrowed to named principals, or to use through something? Not by conditions that every
 * principal of the account meets: its account, its organisation, a pattern of everybody. Unknown where it depends on that.
 */
export function narrowsWho(statement: Statement): boolean | Unknown {
  if (accountsAsAWhole(statement).length === 0) return hasUnknownPrincipal(statement) ? unknown : true;
  const narrowing = statement.conditions.filter((condition) => narrows(statement, condition));
  if (narrowing.length === 0) return statement.conditions.some(({ key }) => key === "") ? unknown : false;
  return narrowing.some(({ values }) => !values.includes(unknown)) ? true : unknown;
}

function narrows(statement: Statement, { key, values }: Condition): boolean {
  const counts =
    [...whoKeys, ...howKeys].includes(key) || keyFamilies.some((family) => key.startsWith(family));
  return (
    counts && isLimitedBy(statement, key) && !(key === "aws:principalarn" && values.some(isForEverybody))
  );
}

/** Does the pattern cover every principal, or every role, of an account? */
function isForEverybody(pattern: Text): boolean {
  if (pattern === unknown) return false;
  const { partition = "aws", account = "1" } = parseArn(pattern) ?? {};
  const some = (part: string) => part.replace(/[*?]/g, "1");
  return covers(pattern, `arn:${some(partition)}:iam::${some(account)}:role/anybody`);
}

/** Does the statement deny the action to everybody but named principals? */
export function sparesNamedOnly(statement: Statement, action: string): boolean {
  const { effect, principals, conditions } = statement;
  if (effect !== "Deny" || !principals.some(isEverybody) || !includesAction(statement, action)) return false;
  const byName = refuses(statement, "aws:principalarn");
  return byName.length === conditions.length && !byName.some(({ values }) => values.some(isForEverybody));
}
