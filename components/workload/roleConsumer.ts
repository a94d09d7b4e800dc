import { InstanceProfile } from "@pulumi/aws/iam";
import { ComponentResource, type ComponentResourceOptions, type Output } from "@pulumi/pulumi";
import type { TextRule } from "../../model/aws/textRules";
import { type ArgumentProblem, rejectProblems } from "../validation";
import { checkConsumer, type ConsumerArgs } from "./consumerArgs";
import { checkConsumerRole, consumerRole, type ConsumerRoleArgs } from "./consumerRole";

/** `name` is the instance profile's, at most 128 characters. */
export interface RoleConsumerArgs extends Omit<ConsumerArgs, "references"> {
  /** Its trust names the service that the role is handed to. */
  readonly role: ConsumerRoleArgs;
  /** Whether instances are to run as it, which find a role by a profile. @default no profile */
  readonly profile?: boolean | undefined;
}

/**
 * A role for a service of AWS that its own team sets up: RDS Proxy, a state machine, instances of another image. The team passes
 * it on there; nothing else of theirs is known here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-service.html
 */
export class RoleConsumer extends ComponentResource {
  readonly roleArn: string;
  /** Absent where none was asked for. */
  readonly instanceProfileName?: Output<string>;

  constructor(name: string, args: RoleConsumerArgs, opts?: ComponentResourceOptions) {
    rejectProblems("RoleConsumer", name, problemsOf(args));
    super("secrets-platform:workload:RoleConsumer", name, {}, opts);
    const role = consumerRole(name, args.role, args, this);
    this.roleArn = role.arn;
    if (args.profile === true) {
      const profile = new InstanceProfile(
        `${name}-profile`,
        { name: args.name, path: args.role.path, role: role.role.name, tags: args.tags },
        { parent: this },
      );
      this.instanceProfileName = profile.name;
    }
    this.registerOutputs({ roleArn: this.roleArn, instanceProfileName: this.instanceProfileName });
  }
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateInstanceProfile.html */
const profileNames: TextRule = {
  pattern: /^[A-Za-z0-9+=,.@_-]{1,128}$/,
  allowed: "1 to 128 letters, digits and `+=,.@_-` are allowed",
  remedy: "shorten it or replace the other characters",
};

function problemsOf(args: RoleConsumerArgs): ArgumentProblem[] {
  return [
    checkConsumer({ ...args, references: [] }, profileNames),
    checkConsumerRole("role", args.role),
  ].flat();
}
