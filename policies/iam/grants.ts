import type { Resource } from "../resource";
import { oncePerStack } from "../secrets";
import type { Stack } from "../stack";
import { types } from "../types";
import type { PlacedDocument } from "../verdict";
import { identityPoliciesOf, identityPolicyTypes } from "./identityPolicies";

/** Identity policies of one resource, with the roles of the stack that get them. */
export interface Grant {
  /** The resource that holds the documents. */
  readonly resource: Resource;
  readonly documents: readonly PlacedDocument[];
  /** Empty when they go to users or groups, to a role elsewhere, or to nobody. */
  readonly roles: readonly Resource[];
}

/**
 * What the stack gives to roles, users and groups. A managed policy that only serves as a permissions boundary gives
 * nothing and is left out.
 */
export const grantsOf: (stack: Stack) => readonly Grant[] = oncePerStack((stack) => {
  const attached = attachedRoles(stack);
  const boundaries = new Set(
    stack
      .ofType(types.role, types.user)
      .flatMap((principal) => stack.referred(principal, "permissionsBoundary").map(({ urn }) => urn)),
  );
  return stack.ofType(...identityPolicyTypes).flatMap((resource): Grant[] => {
    const documents = identityPoliciesOf(resource);
    if (documents.length === 0) return [];
    switch (resource.type) {
      case types.role:
        return [{ resource, documents, roles: [resource] }];
      case types.rolePolicy:
        return [{ resource, documents, roles: rolesIn(stack, resource, "role") }];
      case types.managedPolicy: {
        const roles = attached.get(resource.urn);
        return roles === undefined && boundaries.has(resource.urn)
          ? []
          : [{ resource, documents, roles: roles ?? [] }];
      }
      default:
        return [{ resource, documents, roles: [] }];
    }
  });
});

/** By URN of each role: all that it is given. */
export const grantsByRole: (stack: Stack) => ReadonlyMap<string, readonly Grant[]> = oncePerStack((stack) => {
  const byRole = new Map<string, Grant[]>();
  for (const grant of grantsOf(stack)) {
    for (const { urn } of grant.roles) {
      const same = byRole.get(urn);
      if (same === undefined) byRole.set(urn, [grant]);
      else same.push(grant);
    }
  }
  return byRole;
});

export function rolesIn(stack: Stack, from: Resource, property: string): readonly Resource[] {
  return stack.referred(from, property).filter(({ type }) => type === types.role);
}

const attachments = [
  types.rolePolicyAttachment,
  types.policyAttachment,
  types.userPolicyAttachment,
  types.groupPolicyAttachment,
];

/** By URN of each managed policy that is attached to anything: the roles it is attached to. */
function attachedRoles(stack: Stack): ReadonlyMap<string, readonly Resource[]> {
  const attached = new Map<string, Resource[]>();
  const add = (policy: Resource, roles: readonly Resource[]): void => {
    attached.set(policy.urn, [...(attached.get(policy.urn) ?? []), ...roles]);
  };
  for (const attachment of stack.ofType(...attachments)) {
    const roles = [...rolesIn(stack, attachment, "role"), ...rolesIn(stack, attachment, "roles")];
    for (const policy of stack.referred(attachment, "policyArn")) add(policy, roles);
  }
  for (const role of stack.ofType(types.role)) {
    for (const policy of stack.referred(role, "managedPolicyArns")) add(policy, [role]);
  }
  return attached;
}
