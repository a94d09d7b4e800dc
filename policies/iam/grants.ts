import { covers } from "../../model/aws/patterns";
import type { Resource } from "../view/resource";
import { oncePerStack } from "../documents/secrets";
import type { Settings } from "../pack/settings";
import type { Stack } from "../view/stack";
import { types } from "../view/types";
import type { PlacedDocument } from "../documents/judgeStatements";
import { attaching, attachmentsOf, holdersIn, noHolders, pathAndName } from "./attachments";
import { identityPoliciesOf, identityPolicyTypes } from "./identityPolicies";
import { attachingTypes, managedByAwsIn } from "./managedByAws";

/** Identity policies of one resource, with the roles of the stack that get them. */
export interface Grant {
  /** The resource that holds the documents. */
  readonly resource: Resource;
  readonly documents: readonly PlacedDocument[];
  /** Empty when they go to users or groups, to a role elsewhere, or to nobody. */
  readonly roles: readonly Resource[];
  /** Names or ARNs of roles that are not in the stack. */
  readonly elsewhere: readonly string[];
  /** It is not known yet who else gets them. */
  readonly open: boolean;
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
  const { holders: attached, open } = attachmentsOf(stack);
  const serving = boundariesOf(stack);
  const given = stack.ofType(...identityPolicyTypes).flatMap((resource): Grant[] => {
    const documents = identityPoliciesOf(resource);
    if (documents.length === 0) return [];
    switch (resource.type) {
      case types.role:
        return [{ resource, documents, ...noHolders, roles: [resource] }];
      case types.rolePolicy:
        return [{ resource, documents, ...holdersIn(stack, resource, "role") }];
      case types.managedPolicy: {
        const holders = attached.get(resource.urn);
        if (holders !== undefined) return [{ resource, documents, ...holders }];
        return serving.has(resource.urn) ? [] : [{ resource, documents, ...noHolders, open }];
      }
      default:
        return [{ resource, documents, ...noHolders }];
    }
  });
  return [...given, ...managedByAws(stack)];
});

/** What AWS's own policies give to whom the stack attaches them. */
function managedByAws(stack: Stack): readonly Grant[] {
  return stack.ofType(...attachingTypes).flatMap((resource): Grant[] => {
    const documents = managedByAwsIn(resource);
    if (documents.length === 0) return [];
    if (resource.type === types.role) return [{ resource, documents, ...noHolders, roles: [resource] }];
    const holders = attaching.find(({ type }) => type === resource.type)?.roles;
    return [{ resource, documents, ...(holders ? holdersIn(stack, resource, holders) : noHolders) }];
  });
}

/** Managed policies of the stack that are somebody's permissions boundary, or that the settings say are. */
export function boundaryPoliciesOf(
  stack: Stack,
  { boundaries }: Pick<Settings, "boundaries">,
): readonly Resource[] {
  const serving = boundariesOf(stack);
  return stack
    .ofType(types.managedPolicy)
    .filter((policy) => serving.has(policy.urn) || isCalled(policy, boundaries));
}

function isCalled({ props }: Resource, patterns: readonly string[]): boolean {
  const called = pathAndName(props);
  return called !== undefined && patterns.some((pattern) => covers(pattern, called));
}

/** Is it a boundary by name that nothing attaches? While an attachment's policy is not known, it may be this one. */
function isUnused(stack: Stack, resource: Resource, boundaries: readonly string[]): boolean {
  if (resource.type !== types.managedPolicy || !isCalled(resource, boundaries)) return false;
  const { holders, open } = attachmentsOf(stack);
  return !open && !holders.has(resource.urn);
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
