import { parseArn } from "../documents/arn";
import type { PolicyDocument, Principal } from "../documents/document";
import { includesAction } from "../documents/statements";
import { unknown } from "../view/values";
import { wholeAccountOf } from "./principals";

/** The account of a principal; undefined for services, for everybody, and while it is not known. */
export function accountOfPrincipal(principal: Principal): string | undefined {
  if (principal.kind !== "AWS" || principal.value === unknown) return undefined;
  return wholeAccountOf(principal) ?? parseArn(principal.value)?.account;
}

/**
 * The account that owns a key, told from who may change its policy: nobody else's may. Undefined when that is nobody or
 * the principals of several accounts.
 */
export function ownerOfKey(document: PolicyDocument): string | undefined {
  const accounts = accountsChanging(document);
  return accounts.length === 1 ? accounts[0] : undefined;
}

/**
 * Accounts whose principals a key's policy lets change it. AWS lets the owner's alone, so that of several all but one are
 * strangers: https://docs.aws.amazon.com/kms/latest/APIReference/API_PutKeyPolicy.html (cross-account use: no)
 */
export function accountsChanging({ statements }: PolicyDocument): readonly string[] {
  const accounts = statements
    .filter((statement) => statement.effect === "Allow" && includesAction(statement, "kms:PutKeyPolicy"))
    .flatMap(({ principals }) => principals.flatMap((principal) => accountOfPrincipal(principal) ?? []));
  return [...new Set(accounts)];
}
