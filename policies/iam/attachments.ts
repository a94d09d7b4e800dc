import type { Resource } from "../view/resource";
import { oncePerStack } from "../documents/secrets";
import type { Stack } from "../view/stack";
import { types } from "../view/types";
import {
  entriesOf,
  isUnknown,
  listOf,
  objectOf,
  textOf,
  unknown,
  unknownPaths,
  type Properties,
  type Value,
} from "../view/values";

/** The roles that a property names. */
export interface Holders {
  /** Those of the stack. */
  readonly roles: readonly Resource[];
  /** Names or ARNs of others. */
  readonly elsewhere: readonly string[];
  /** Some of it is not known yet, and comes from no role of the stack. */
  readonly open: boolean;
}

export const noHolders: Holders = { roles: [], elsewhere: [], open: false };

/** Managed policies of the stack that something attaches. */
export interface Attachments {
  /** By URN of the policy: the roles that get it; none when users, groups or others do. */
  readonly holders: ReadonlyMap<string, Holders>;
  /** Something attaches a policy that is not known yet: it may be any of the stack. */
  readonly open: boolean;
}

export const attachmentsOf: (stack: Stack) => Attachments = oncePerStack((stack) => {
  const attached = new Map<string, Holders>();
  const add = (policy: Resource, more: Holders): void => {
    const { roles, elsewhere, open } = attached.get(policy.urn) ?? noHolders;
    attached.set(policy.urn, {
      roles: [...roles, ...more.roles],
      elsewhere: [...elsewhere, ...more.elsewhere],
      open: open || more.open,
    });
  };
  let open = false;
  for (const { type, policies: property, roles: holders } of attaching) {
    for (const attachment of stack.ofType(type)) {
      const policies = attachedBy(stack, attachment, property);
      if (policies.length === 0) open ||= isOpen(attachment.props[property]);
      const given = holders === undefined ? noHolders : holdersIn(stack, attachment, holders);
      for (const policy of policies) add(policy, given);
    }
  }
  for (const role of stack.ofType(types.role)) {
    const policies = attachedBy(stack, role, "managedPolicyArns");
    for (const policy of policies) add(policy, { ...noHolders, roles: [role] });
    if (policies.length === 0) open ||= unknownPaths(role.props["managedPolicyArns"], "").length > 0;
  }
  return { holders: attached, open };
});

export function holdersIn(stack: Stack, from: Resource, property: string): Holders {
  const roles = rolesIn(stack, from, property);
  const entries = entriesOf(from.props[property]);
  const texts = entries.flatMap((entry) => textOf(entry) ?? []).filter((text) => text !== "");
  const elsewhere = texts.filter((text) => !isRoleOf(stack, text));
  const unknowns = entries.filter((entry) => entry === unknown).length;
  const fromStack = roles.length - (texts.length - elsewhere.length);
  return {
    roles,
    elsewhere,
    open: unknowns > fromStack || (elsewhere.length > 0 && hasUnnamedRole(stack)),
  };
}

/** A name that no role of the stack has may be that of one whose name is not known yet. */
const hasUnnamedRole = oncePerStack((stack) =>
  stack.ofType(types.role).some(({ props }) => props["name"] === unknown),
);

function isRoleOf(stack: Stack, text: string): boolean {
  return stack.called(text).some(({ type }) => type === types.role);
}

export function rolesIn(stack: Stack, from: Resource, property: string): readonly Resource[] {
  return stack.referred(from, property).filter(({ type }) => type === types.role);
}

/** What attaches managed policies: the property that names them, and the one that names roles. */
export const attaching: readonly {
  readonly type: string;
  readonly policies: string;
  readonly roles?: string;
}[] = [
  { type: types.rolePolicyAttachment, policies: "policyArn", roles: "role" },
  { type: types.policyAttachment, policies: "policyArn", roles: "roles" },
  { type: types.userPolicyAttachment, policies: "policyArn" },
  { type: types.groupPolicyAttachment, policies: "policyArn" },
  { type: types.rolePolicyAttachments, policies: "policyArns", roles: "roleName" },
  { type: types.userPolicyAttachments, policies: "policyArns" },
  { type: types.groupPolicyAttachments, policies: "policyArns" },
  { type: types.permissionSetAwsAttachment, policies: "managedPolicyArn" },
  { type: types.permissionSetAwsAttachments, policies: "managedPolicyArns" },
  { type: types.permissionSetAttachment, policies: "customerManagedPolicyReference" },
  { type: types.permissionSetAttachments, policies: "customerManagedPolicyReferences" },
];

function attachedBy(stack: Stack, attachment: Resource, property: string): readonly Resource[] {
  const referred = stack.referred(attachment, property).filter(({ type }) => type === types.managedPolicy);
  if (referred.length > 0) return referred;
  // A permission set names policies by name and path, in whatever account it is assigned to.
  const named = listOf(attachment.props[property]).flatMap((entry) => pathAndName(objectOf(entry)) ?? []);
  return named.flatMap((name) => policiesByName(stack).get(name) ?? []);
}

const policiesByName: (stack: Stack) => ReadonlyMap<string, readonly Resource[]> = oncePerStack((stack) => {
  const byName = new Map<string, Resource[]>();
  for (const policy of stack.ofType(types.managedPolicy)) {
    const name = pathAndName(policy.props);
    if (name !== undefined) byName.set(name, [...(byName.get(name) ?? []), policy]);
  }
  return byName;
});

/** What IAM calls a thing of `name` and `path`; undefined unless both are known. */
export function pathAndName({ name, path }: Properties): string | undefined {
  return textOf(name) === undefined || isUnknown(path) ? undefined : `${textOf(path) ?? "/"}${textOf(name)}`;
}

/** Every attachment names a policy: where the view of a stack holds none, it is not known yet. */
function isOpen(value: Value): boolean {
  return value === undefined || unknownPaths(value, "").length > 0;
}
