import type { Principals } from "./types";

/**
 * Execution roles of stack sets with service-managed permissions, which AWS makes in each member account.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html
 */
export const stackSetRoles = "stacksets-exec-*";

/** Roles that make the deployer and the administrators in each account, as Pulumi.yaml names them. */
export function foundationRoles({ foundation = [stackSetRoles] }: Principals): readonly string[] {
  return foundation;
}

/**
 * Roles by which everything else can be changed: the deployer, the administrators, and those that make them. Names that
 * may hold a path and wildcards, each once.
 */
export function guardedRoles(principals: Principals): readonly string[] {
  const { deployer, administrators } = principals;
  return [...new Set([deployer, ...administrators, ...foundationRoles(principals)])];
}
