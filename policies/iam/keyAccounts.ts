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
export function ownerOfKey({ statements }: PolicyDocument): string | undefined {
  const accounts = new Set(
    statements
      .filter((statement) => statement.effect === "Allow" && includesAction(statement, "kms:PutKeyPolicy"))
      .flatMap(({ principals }) => principals.flatMap((principal) => accountOfPrincipal(principal) ?? [])),
  );
  return accounts.size === 1 ? [...accounts][0] : undefined;
}
