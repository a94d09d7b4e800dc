import { ComponentResource, type ComponentResourceOptions } from "@pulumi/pulumi";
import { roleProblems, roleWithPolicy, type RoleWithPolicyArgs } from "../account/roleWithPolicy";
import { rejectProblems } from "../validation";

/** `trust` is `managedAdministratorsTrust`, `policy` is `managedAdministratorsPolicy`. */
export type ManagedAdministratorsArgs = RoleWithPolicyArgs & Required<Pick<RoleWithPolicyArgs, "policy">>;

/** The role by which a rotation function of the security account reads what a database service keeps in this account. */
export class ManagedAdministrators extends ComponentResource {
  constructor(name: string, args: ManagedAdministratorsArgs, opts?: ComponentResourceOptions) {
    rejectProblems("ManagedAdministrators", name, roleProblems(args));
    super("secrets-platform:workload:ManagedAdministrators", name, {}, opts);
    roleWithPolicy(name, args, this);
    this.registerOutputs({});
  }
}
