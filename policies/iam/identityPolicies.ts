import type { Resource } from "../view/resource";
import { types } from "../view/types";
import { listOf, objectOf, unknown } from "../view/values";
import type { PlacedDocument } from "../documents/judgeStatements";

/** Resources that give permissions to a role, user, group or permission set. */
export const identityPolicyTypes: readonly string[] = [
  types.role,
  types.rolePolicy,
  types.userPolicy,
  types.groupPolicy,
  types.managedPolicy,
  types.permissionSetPolicy,
];

/** The identity policies that a resource holds. */
export function identityPoliciesOf(resource: Resource): readonly PlacedDocument[] {
  switch (resource.type) {
    case types.role: {
      const inlines = resource.props["inlinePolicies"];
      if (inlines === unknown) return [{ property: "inlinePolicies", value: unknown }];
      return listOf(inlines).map((inline, at) => ({
        property: `inlinePolicies[${at}].policy`,
        value: inline === unknown ? unknown : objectOf(inline)["policy"],
      }));
    }
    case types.permissionSetPolicy:
      return [{ property: "inlinePolicy", value: resource.props["inlinePolicy"] }];
    default:
      return [{ property: "policy", value: resource.props["policy"] }];
  }
}
