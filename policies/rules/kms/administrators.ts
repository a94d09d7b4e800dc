import type { Statement } from "../../documents/document";
import { includesAction } from "../../documents/statements";
import { allowedArns } from "../../iam/principals";

/**
 * Whoever may do one of these decides who uses the key, or whether anybody does: its policy, that of its copies in other
 * regions, its material, and whether it is on. Reading what a key is like decides nothing.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
 */
export const administering: readonly string[] = [
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "kms:UpdatePrimaryRegion",
  "kms:ScheduleKeyDeletion",
  "kms:CancelKeyDeletion",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:ImportKeyMaterial",
  "kms:DeleteImportedKeyMaterial",
];

/** Whom a key's policy lets administer it, as patterns of principal ARNs. */
export function administratorsIn(statements: readonly Statement[]): readonly string[] {
  return statements
    .filter(({ effect }) => effect === "Allow")
    .filter((statement) => administering.some((action) => includesAction(statement, action)))
    .flatMap(allowedArns);
}
