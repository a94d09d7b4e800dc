import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { roleProblems, roleWithPolicy, type RoleWithPolicyArgs } from "./roleWithPolicy";
import { rejectProblems } from "../validation";

export type BreakGlassRoleArgs = RoleWithPolicyArgs;

/** The shortest that IAM takes as a role's longest session. */
const sessionSeconds = 3600;

/**
 * The role that reads whatever its account holds on the day nothing else helps. Its sessions end after an hour at
 * most; an alarm tells everybody of each use.
 * https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_permissions_emergency_process.html
 */
export class BreakGlassRole extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, args: BreakGlassRoleArgs, opts?: ComponentResourceOptions) {
    rejectProblems("BreakGlassRole", name, roleProblems(args));
    super("secrets-platform:account:BreakGlassRole", name, {}, opts);
    const { role } = roleWithPolicy(name, { ...args, sessionSeconds }, this);
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}
