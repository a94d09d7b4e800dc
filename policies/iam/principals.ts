import { accountPrincipal, parseArn } from "../documents/arn";
import { demands } from "../documents/conditions";
import type { Principal, Statement } from "../documents/document";
import { overlap } from "../../model/aws/patterns";
import { known } from "../documents/statements";
import { unknown } from "../view/values";

/** A principal that stands for everybody, in this account or any other. */
export function isEverybody(principal: Principal): boolean {
  return principal.kind === "*" || (typeof principal.value === "string" && principal.value === "*");
}

/**
 * Is the principal neither one of an account nor a service: `Federated` speaks of whom a provider of identities lets in,
 * `CanonicalUser` of an account by a number that nobody can read
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html)?
 */
export function isNoPrincipalOfAccounts({ kind }: Principal): boolean {
  return !["*", "AWS", "Service"].includes(kind);
}

export function allowsEverybody(statement: Statement): boolean {
  return statement.effect !== "Deny" && statement.principals.some(isEverybody);
}

export function hasUnknownPrincipal(statement: Statement): boolean {
  return statement.principals.some(({ value }) => value === unknown);
}

/** Is it not known whom the statement names, or whether it allows or denies? */
export function isOpenAbout(statement: Statement): boolean {
  const { effect, principals, notPrincipals, conditions } = statement;
  return (
    effect === unknown ||
    [...principals, ...notPrincipals].some(({ value }) => value === unknown) ||
    conditions.some(({ key, values }) => whoKeys.includes(key) && values.includes(unknown))
  );
}

/** The empty key stands for conditions of which nothing is known. */
const whoKeys = ["", "aws:principalarn", "aws:principalaccount", "kms:calleraccount"];

/** The account an `AWS` principal stands for as a whole, which lets that account's administrators decide who. */
export function wholeAccountOf(principal: Principal): string | undefined {
  if (principal.kind !== "AWS" || principal.value === unknown) return undefined;
  return accountPrincipal(principal.value);
}

/**
 * Whom a statement allows, as patterns of principal ARNs: the principals themselves, narrowed by its conditions on who they
 * are and whose; everybody where it says only whom it does not allow. What is not known is left out.
 */
export function allowedArns(statement: Statement): readonly string[] {
  const byArn = demands(statement, "aws:principalarn");
  const byAccount = demands(statement, "aws:principalaccount", "kms:calleraccount");
  const named = byArn.length === 0 ? ["*"] : byArn.flatMap(({ values }) => known(values));
  const principals = statement.notPrincipals.length > 0 ? [everybody] : statement.principals;
  return principals.flatMap((principal): readonly string[] => {
    if (principal.value === unknown || (principal.kind !== "AWS" && principal.kind !== "*")) return [];
    const account = wholeAccountOf(principal);
    if (account !== undefined) return named.flatMap((arn) => within(account, arn));
    if (!isEverybody(principal)) return roleArns(principal.value);
    if (byAccount.length === 0) return named;
    const accounts = byAccount.flatMap(({ values }) => known(values));
    return accounts.flatMap((one) => named.flatMap((arn) => within(one, arn)));
  });
}

const everybody: Principal = { kind: "*", value: "*" };

/** The part of a pattern of principals that is of the account; none when it is of others. */
function within(account: string, arnPattern: string): readonly string[] {
  const arn = parseArn(arnPattern);
  if (arn === undefined) return [`arn:*:iam::${account}:*`];
  if (!overlap(arn.account, account)) return [];
  return [`arn:${arn.partition}:${arn.service}:${arn.region}:${account}:${arn.resource}`];
}

/**
 * A principal as the ARNs that requests carry in `aws:PrincipalArn`: those of its role for one session of a role, which
 * does not say the role's path. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html
 */
export function roleArns(principal: string): readonly string[] {
  const { partition, service, account, resource = "" } = parseArn(principal) ?? {};
  const [kind, role] = resource.split("/");
  if (service !== "sts" || kind !== "assumed-role" || role === undefined) return [principal];
  const roles = `arn:${partition}:iam::${account}:role`;
  return [`${roles}/${role}`, `${roles}/*/${role}`];
}
