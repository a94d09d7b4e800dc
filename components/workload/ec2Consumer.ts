import { LaunchTemplate } from "@pulumi/aws/ec2";
import { InstanceProfile } from "@pulumi/aws/iam";
import { ComponentResource, type ComponentResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { hopLimits } from "../../model/aws/instanceMetadata";
import { type TextRule } from "../../model/aws/textRules";
import { type ArgumentProblem, checkText, checkWholeNumber, rejectProblems } from "../validation";
import { cloudInit } from "./cloudInit";
import { checkConsumer, type ConsumerArgs } from "./consumerArgs";
import { checkConsumerRole, consumerRole, type ConsumerRoleArgs } from "./consumerRole";
import { instanceImage } from "./instanceImage";

/** `name` is the instance profile's and the launch template's, 3 to 128 characters. */
export interface Ec2ConsumerArgs extends ConsumerArgs {
  readonly role: ConsumerRoleArgs;
  /** @default no launch template, only the role and its profile, for instances that are launched by other means */
  readonly instance?: Ec2InstanceArgs | undefined;
}

export interface Ec2InstanceArgs {
  /** Names the folder of `/etc` that holds `references.json`. */
  readonly service: string;
  /** As in `t4g.small`; decides between the ARM and the x86 image. */
  readonly instanceType: string;
  readonly securityGroupId: Input<string>;
  /**
   * Network hops that credentials may make: 2 reaches containers of the instance, each of which then has its role.
   *
   * @default 1
   */
  readonly hopLimit?: number | undefined;
}

/**
 * What instances of a service are launched from: a profile of their own and a template that leaves nothing open. The
 * Auto Scaling group belongs to the service's own team. The session token of the instance metadata service is required
 * (EC2.8) and does not leave the instance unless asked to, so a server tricked into fetching a URL gives no credentials
 * away.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
export class Ec2Consumer extends ComponentResource {
  readonly roleArn: string;
  readonly instanceProfileName: Output<string>;
  /** Absent where no instance was given. */
  readonly launchTemplateId?: Output<string>;

  constructor(name: string, args: Ec2ConsumerArgs, opts?: ComponentResourceOptions) {
    rejectProblems("Ec2Consumer", name, problemsOf(args));
    super("secrets-platform:workload:Ec2Consumer", name, {}, opts);
    const role = consumerRole(name, args.role, args, this);
    this.roleArn = role.arn;
    const profile = new InstanceProfile(
      `${name}-profile`,
      { name: args.name, path: args.role.path, role: role.role.name, tags: args.tags },
      { parent: this },
    );
    if (args.instance !== undefined) {
      const { instanceType, securityGroupId, service, hopLimit = hopLimits.instance } = args.instance;
      const template = new LaunchTemplate(
        `${name}-template`,
        {
          name: args.name,
          imageId: instanceImage(instanceType),
          instanceType,
          iamInstanceProfile: { name: profile.name },
          metadataOptions: {
            httpEndpoint: "enabled",
            httpTokens: "required",
            httpPutResponseHopLimit: hopLimit,
          },
          networkInterfaces: [
            {
              deviceIndex: 0,
              associatePublicIpAddress: "false",
              deleteOnTermination: "true",
              securityGroups: [securityGroupId],
            },
          ],
          blockDeviceMappings: [
            {
              // The root volume of Amazon Linux.
              deviceName: "/dev/xvda",
              ebs: { encrypted: "true", volumeType: "gp3", deleteOnTermination: "true" },
            },
          ],
          userData: cloudInit(service, args.references),
          updateDefaultVersion: true,
          tagSpecifications: ["instance", "volume", "network-interface"].map((resourceType) => ({
            resourceType,
            tags: args.tags,
          })),
          tags: args.tags,
        },
        { parent: this, dependsOn: [...role.ready] },
      );
      this.launchTemplateId = template.id;
    }
    this.instanceProfileName = profile.name;
    this.registerOutputs({
      roleArn: this.roleArn,
      instanceProfileName: this.instanceProfileName,
      launchTemplateId: this.launchTemplateId,
    });
  }
}

const templateNames: TextRule = {
  pattern: /^[A-Za-z0-9()./_-]{3,128}$/,
  allowed: "3 to 128 letters, digits and `().-/_` are allowed",
  remedy: "shorten it or replace the other characters",
};

const folders: TextRule = {
  pattern: /^[a-z][a-z0-9-]*$/,
  allowed: "lower-case letters, digits and hyphens, a letter first, are allowed",
  remedy: "pass the service's name",
};

/**
 * Amazon Linux 2023 runs neither on Apple's machines nor on the first Graviton.
 * https://docs.aws.amazon.com/linux/al2023/ug/system-requirements.html
 */
const instanceTypes: TextRule = {
  pattern: /^(?!mac|a1\.)[a-z][a-z0-9-]*\.[a-z0-9-]+$/,
  allowed: "an instance type that Amazon Linux 2023 runs on is needed",
  remedy: "write it as AWS does, as in t4g.small",
};

function problemsOf(args: Ec2ConsumerArgs): ArgumentProblem[] {
  return [
    checkConsumer(args, templateNames),
    checkConsumerRole("role", args.role),
    checkText("instance.service", args.instance?.service, folders),
    checkText("instance.instanceType", args.instance?.instanceType, instanceTypes),
    checkWholeNumber("instance.hopLimit", args.instance?.hopLimit, {
      from: hopLimits.instance,
      to: hopLimits.containers,
      unit: "network hops",
    }),
  ].flat();
}
