import { covers } from "../documents/patterns";
import type { Resource } from "../resource";
import { oncePerStack } from "../secrets";
import type { Settings } from "../settings";
import type { Stack } from "../stack";
import { types } from "../types";
import type { PlacedDocument } from "../verdict";
import { attachmentsOf, pathAndName, rolesIn } from "./attachments";
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
 * nothing and is left out: one that a role or user has as its boundary, or that the settings name, for the day when no
 * role has it yet; each of them only where nothing attaches it as well.
 */
export function grantsOf(stack: Stack, { boundaries }: Pick<Settings, "boundaries">): readonly Grant[] {
  return allGrants(stack).filter(({ resource }) => !isUnused(stack, resource, boundaries));
}

const allGrants: (stack: Stack) => readonly Grant[] = oncePerStack((stack) => {
  const attached = attachmentsOf(stack).roles;
  const serving = boundariesOf(stack);
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
        return roles === undefined && serving.has(resource.urn)
          ? []
          : [{ resource, documents, roles: roles ?? [] }];
      }
      default:
        return [{ resource, documents, roles: [] }];
    }
  });
});

/** Is it a boundary by name that nothing attaches? While an attachment's policy is not known, it may be this one. */
function isUnused(stack: Stack, resource: Resource, boundaries: readonly string[]): boolean {
  if (resource.type !== types.managedPolicy) return false;
  const called = pathAndName(resource.props);
  if (called === undefined || !boundaries.some((pattern) => covers(pattern, called))) return false;
  const { roles, open } = attachmentsOf(stack);
  return !open && !roles.has(resource.urn);
}

/** URNs of what serves as somebody's permissions boundary. */
function boundariesOf(stack: Stack): ReadonlySet<string> {
  const principals = stack.ofType(types.role, types.user);
  return new Set(
    principals.flatMap((one) => stack.referred(one, "permissionsBoundary").map(({ urn }) => urn)),
  );
}

/** By URN of each role: all that it is given. */
export const grantsByRole: (stack: Stack) => ReadonlyMap<string, readonly Grant[]> = oncePerStack((stack) => {
  const byRole = new Map<string, Grant[]>();
  for (const grant of allGrants(stack)) {
    for (const { urn } of grant.roles) {
      const same = byRole.get(urn);
      if (same === undefined) byRole.set(urn, [grant]);
      else same.push(grant);
    }
  }
  return byRole;
});
