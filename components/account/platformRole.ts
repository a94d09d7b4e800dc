import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import { type ArgumentProblem, checkWholeNumber, rejectProblems } from "../validation";
import { roleProblems, roleWithPolicy, type RoleWithPolicyArgs } from "./roleWithPolicy";

export interface PlatformRoleArgs extends RoleWithPolicyArgs {
  /**
   * Longest session in hours, 1 to 12.
   * @default 1
   */
  readonly sessionHours?: number;
}

/** A role for people under `/platform/`: writers, developers, auditors. */
export class PlatformRole extends ComponentResource {
  readonly arn: Output<string>;

  constructor(name: string, args: PlatformRoleArgs, opts?: ComponentResourceOptions) {
    rejectProblems("PlatformRole", name, problemsOf(args));
    super("secrets-platform:account:PlatformRole", name, {}, opts);
    const { role } = roleWithPolicy(name, { ...args, sessionSeconds: (args.sessionHours ?? 1) * 3600 }, this);
    this.arn = role.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function problemsOf(args: PlatformRoleArgs): ArgumentProblem[] {
  return [
    roleProblems(args),
    checkWholeNumber("sessionHours", args.sessionHours, { from: 1, to: 12, unit: "hours" }),
  ].flat();
}
