import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import { roleProblems, roleWithPolicy, type RoleWithPolicyArgs } from "../account/roleWithPolicy";
import { rejectProblems } from "../validation";

/** `trust` is `partnerRotationTrust`, `policy` is `partnerRotationPolicy`. */
export type PartnerRotationArgs = RoleWithPolicyArgs & Required<Pick<RoleWithPolicyArgs, "policy">>;

/**
 * The role that Secrets Manager assumes to rotate one secret at a partner of AWS, in place of a function.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/mes-security.html
 */
export class PartnerRotation extends ComponentResource {
  readonly roleArn: Output<string>;
  /** What must exist before a secret names the role: AWS checks it then. */
  readonly ready: Resource;

  constructor(name: string, args: PartnerRotationArgs, opts?: ComponentResourceOptions) {
    rejectProblems("PartnerRotation", name, roleProblems(args));
    super("secrets-platform:security:PartnerRotation", name, {}, opts);
    const { role, ready } = roleWithPolicy(name, args, this);
    this.roleArn = role.arn;
    this.ready = ready;
    this.registerOutputs({ roleArn: this.roleArn });
  }
}
