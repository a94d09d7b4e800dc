import { accountPrincipal, parseArn } from "../documents/arn";
import { demands } from "../documents/conditions";
import type { Principal, Statement } from "../documents/document";
import { overlap } from "../documents/patterns";
import { known } from "../documents/statements";
import { unknown } from "../values";

/** A principal that stands for everybody, in this account or any other. */
export function isEverybody(principal: Principal): boolean {
  return principal.kind === "*" || (typeof principal.value === "string" && principal.value === "*");
}

export function allowsEverybody(statement: Statement): boolean {
  return statement.effect !== "Deny" && statement.principals.some(isEverybody);
}

export function hasUnknownPrincipal(statement: Statement): boolean {
  return statement.principals.some(({ value }) => value === unknown);
}

/** The account an `AWS` principal stands for as a whole, which lets that account's administrators decide who. */
export function wholeAccountOf(principal: Principal): string | undefined {
  if (principal.kind !== "AWS" || principal.value === unknown) return undefined;
  return accountPrincipal(principal.value);
}

/** Whom a statement allows, as patterns of principal ARNs: the principals themselves, narrowed by its conditions. */
export function allowedArns(statement: Statement): readonly string[] {
  const named = demands(statement, "aws:principalarn").flatMap(({ values }) => known(values));
  return statement.principals.flatMap((principal): readonly string[] => {
    if (principal.value === unknown || (principal.kind !== "AWS" && principal.kind !== "*")) return [];
    const account = wholeAccountOf(principal);
    if (account === undefined && !isEverybody(principal)) return [principal.value];
    if (named.length === 0) return [account === undefined ? "*" : `arn:*:iam::${account}:*`];
    return account === undefined ? named : named.filter((arn) => mayBeOf(arn, account));
  });
}

function mayBeOf(arnPattern: string, account: string): boolean {
  const arn = parseArn(arnPattern);
  return arn === undefined || overlap(arn.account, account);
}
