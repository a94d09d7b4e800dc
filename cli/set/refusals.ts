import type { ParameterPlan, Plan, ReadableItem, SecretPlan } from "../../model/plan/types";
import { findItem, itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";

/** A SecureString, which has a key and an expiry. */
export type SecureParameterPlan = ParameterPlan & Required<Pick<ParameterPlan, "key" | "expires">>;

/**
 * The item an argument names, if its value comes from outside.
 * @throws OperationError for what is set elsewhere, or on its way out
 */
export function settableItem(plan: Plan, argument: string): SecretPlan | SecureParameterPlan {
  const item = findItem(plan, argument);
  if (item.retired) {
    throw new OperationError(
      `${itemPath(item)} is on its way out (retire: true near ${place(item)}), so nothing is put into it; ` +
        "take that line out of the manifest to keep it",
    );
  }
  if (item.kind === "managed-secret") {
    throw new OperationError(
      `${itemPath(item)} is made and rotated by the database service itself (${item.arn}); only that service sets it`,
    );
  }
  if (item.kind === "secret" || isSecure(item)) return item;
  throw new OperationError(
    `${itemPath(item)} is a ${item.type}, whose value stands in the manifest: change it near ${place(item)} and ` +
      "deploy; a value that must not stand there belongs into a parameter of type SecureString",
  );
}

function isSecure(item: ParameterPlan): item is SecureParameterPlan {
  return item.key !== undefined && item.expires !== undefined;
}

function place({ at }: ReadableItem): string {
  return `${at.file}:${at.line}`;
}
