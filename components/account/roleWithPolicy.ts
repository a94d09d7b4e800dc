import { Role, RolePolicy } from "@pulumi/aws/iam";
import type { Input, Resource } from "@pulumi/pulumi";
import type { PolicyDocument } from "../../model/documents/policy";
import { platformPath } from "../../model/plan/names";
import { checkTags, descriptions, roleNames, type Tags } from "../argumentRules";
import { checkPolicy, policyJson, policyLimits } from "../policyArgument";
import { checkText, type ArgumentProblem } from "../validation";

export interface RoleWithPolicyArgs {
  /** At most 64 characters; unique in the account whatever its path. */
  readonly roleName: string;
  /** What it is for; AWS shows it. */
  readonly description: string;
  /** Who may assume it. */
  readonly trust: Input<PolicyDocument>;
  /**
   * What it may do.
   * @default nothing: the role exists in every account, where it has something to do or not
   */
  readonly policy?: Input<PolicyDocument> | undefined;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

export interface RoleWithPolicy {
  readonly role: Role;
  /** What must exist before anything runs as the role. */
  readonly ready: Resource;
}

/**
 * A role under `/platform/` with its one inline policy: children `{name}-role` and `{name}-policy` of a component.
 * Inline, because a policy that stands by itself could be attached to another role.
 */
export function roleWithPolicy(
  name: string,
  args: RoleWithPolicyArgs & { readonly sessionSeconds?: number },
  parent: Resource,
): RoleWithPolicy {
  const role = new Role(
    `${name}-role`,
    {
      name: args.roleName,
      path: platformPath,
      description: args.description,
      assumeRolePolicy: policyJson(args.trust),
      ...(args.sessionSeconds !== undefined && { maxSessionDuration: args.sessionSeconds }),
      tags: args.tags,
    },
    { parent },
  );
  if (args.policy === undefined) return { role, ready: role };
  const policy = new RolePolicy(
    `${name}-policy`,
    { name: args.roleName, role: role.name, policy: policyJson(args.policy) },
    { parent },
  );
  return { role, ready: policy };
}

export function roleProblems(args: RoleWithPolicyArgs): ArgumentProblem[] {
  return [
    ...checkText("roleName", args.roleName, roleNames),
    ...checkText("description", args.description, descriptions(1000)),
    ...checkPolicy("trust", args.trust, policyLimits.trust),
    ...checkPolicy("policy", args.policy, policyLimits.role),
    ...checkTags("tags", args.tags),
  ];
}
