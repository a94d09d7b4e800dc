import { Role, RolePolicy } from "@pulumi/aws/iam";
import type { Input, Resource } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import { type PolicyDocument, policyText } from "../../model/documents/policy";
import { roleNames, type Tags } from "../argumentRules";
import { checkPolicy, policyJson, policyLimits } from "../policyArgument";
import { check, checkText, type ArgumentProblem } from "../validation";
import type { BoundaryReference } from "./boundary";

export interface ConsumerRoleArgs {
  /** Unique in the account; at most 64 characters. */
  readonly name: string;
  /** `/services/{service}/`, or `/services/{service}/_elsewhere/` */
  readonly path: string;
  /** ARN that follows from account, path and name. */
  readonly arn: string;
  /** The one service that may assume it. */
  readonly trust: PolicyDocument;
  /** What its kind needs to run, and reading what it was granted. @default nothing */
  readonly policy?: Input<PolicyDocument> | undefined;
}

export interface ConsumerRole {
  /** Known before the role exists. */
  readonly arn: string;
  readonly role: Role;
  /** What must exist before anything runs as the role. */
  readonly ready: readonly Resource[];
}

/**
 * A role of a consumer: its path, its boundary and its single inline policy are the whole of what it may do.
 * Sessions last an hour, the least AWS allows to set.
 */
export function consumerRole(
  name: string,
  args: ConsumerRoleArgs,
  { boundary, tags }: { readonly boundary: BoundaryReference; readonly tags: Tags },
  parent: Resource,
): ConsumerRole {
  const role = new Role(
    `${name}-role`,
    {
      name: args.name,
      path: args.path,
      assumeRolePolicy: policyText(args.trust),
      permissionsBoundary: boundary.arn,
      maxSessionDuration: sessionSeconds,
      tags,
    },
    { parent, dependsOn: boundary.policy },
  );
  if (args.policy === undefined) return { arn: args.arn, role, ready: [role] };
  const policy = new RolePolicy(
    `${name}-policy`,
    { name: "configuration", role: role.name, policy: policyJson(args.policy) },
    { parent },
  );
  return { arn: args.arn, role, ready: [role, policy] };
}

const sessionSeconds = 3_600;

const consumerPaths: TextRule = {
  pattern: /^\/services\/[a-z0-9-]+\/(?:_elsewhere\/)?$/,
  allowed:
    "`/services/{service}/` is allowed, with `_elsewhere/` behind it, as policies and alarms name consumers by it",
  remedy: "take it from the plan",
};

/** Everything wrong with a role's arguments. */
export function checkConsumerRole(propertyPath: string, args: ConsumerRoleArgs): ArgumentProblem[] {
  const end = `:role${args.path}${args.name}`;
  return [
    ...checkText(`${propertyPath}.name`, args.name, roleNames),
    ...checkText(`${propertyPath}.path`, args.path, consumerPaths),
    ...check(args.arn.endsWith(end), `${propertyPath}.arn`, {
      found: `"${args.arn}" was found`,
      allowed: `it ends in ${end}, as path and name say`,
      remedy: "take all three from the plan",
    }),
    ...checkPolicy(`${propertyPath}.trust`, args.trust, policyLimits.trust),
    ...checkPolicy(`${propertyPath}.policy`, args.policy, policyLimits.role),
  ];
}
