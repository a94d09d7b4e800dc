import { accountPrincipal } from "../documents/arn";
import type { Principal, Statement } from "../documents/document";
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
