import type { Resource } from "../view/resource";
import { keyTypes } from "../documents/secrets";
import { types } from "../view/types";
import type { PlacedDocument } from "../documents/judgeStatements";

/** Resources that hold the policy of a secret, and of a key. */
export const secretPolicyTypes: readonly string[] = [types.secretPolicy, types.secret];
export const keyPolicyTypes: readonly string[] = [...keyTypes, types.keyPolicy];

/** The policy that a secret, key or topic, or the resource beside it, holds. */
export function resourcePolicyOf(resource: Resource): readonly PlacedDocument[] {
  return [{ property: "policy", value: resource.props["policy"] }];
}

/** Who may assume the role. */
export function trustOf(resource: Resource): readonly PlacedDocument[] {
  return [{ property: "assumeRolePolicy", value: resource.props["assumeRolePolicy"] }];
}
