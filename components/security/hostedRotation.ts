import { CloudFormationStack } from "@pulumi/aws/serverlessrepository";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { partitions } from "../../model/aws/partitions";
import { lambdaLogGroupName } from "../../model/plan/names";
import { encryptedLogGroup } from "../logGroup";
import { rejectProblems } from "../validation";
import type { HostedRotationArgs } from "./hostedRotationArgs";
import { hostedRotationProblems } from "./hostedRotationProblems";
import { rotationApplication } from "./rotationApplications";

/**
 * A rotation function AWS publishes, deployed from the Serverless Application Repository with its own role and the
 * permission for Secrets Manager to call it. Some regions lack the repository, among them eu-south-1, eu-south-2,
 * eu-central-2, af-south-1, me-central-1 and ca-west-1: there `hosted: platform` or a function of the team's own
 * rotates.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_turn-on-for-other.html
 * https://docs.aws.amazon.com/general/latest/gr/serverlessrepo.html
 */
export class HostedRotation extends ComponentResource {
  readonly functionArn: Output<string>;
  /** What must exist before a secret names the function as its rotation function. */
  readonly ready: Resource;

  constructor(name: string, args: HostedRotationArgs, opts?: ComponentResourceOptions) {
    rejectProblems("HostedRotation", name, hostedRotationProblems(args));
    super("secrets-platform:security:HostedRotation", name, {}, opts);
    const logs = encryptedLogGroup(
      name,
      { logGroupName: lambdaLogGroupName(args.functionName), logs: args.logs, tags: args.tags },
      this,
    );
    const application = rotationApplication(args.partition, args.engine, args.strategy);
    const stack = new CloudFormationStack(
      `${name}-stack`,
      {
        name: args.stackName,
        applicationId: application.id,
        semanticVersion: args.version ?? application.version,
        capabilities: ["CAPABILITY_IAM", "CAPABILITY_RESOURCE_POLICY"],
        parameters: parameters(args),
        tags: args.tags,
      },
      { parent: this, dependsOn: [logs] },
    );
    this.functionArn = stack.outputs.apply((outputs) => functionArnAmong(outputs));
    this.ready = stack;
    this.registerOutputs({ functionArn: this.functionArn });
  }
}

/** Outside letters, digits and `-._~`, which RFC 3986 leaves unreserved. */
const reservedCharacters = "!\"#$%&'()*+,/:;<=>?@[\\]^`{|}";

function parameters(args: HostedRotationArgs): Record<string, Input<string>> {
  const { network, admin } = args;
  return {
    functionName: args.functionName,
    endpoint: endpoint(args),
    vpcSubnetIds: network.subnetIds.join(","),
    vpcSecurityGroupIds: network.securityGroupIds.join(","),
    kmsKeyArn: args.keyArn,
    excludeCharacters: args.excludedCharacters ?? reservedCharacters,
    ...(admin && { masterSecretArn: admin.secretArn, masterSecretKmsKeyArn: admin.keyArn }),
  };
}

/** https://docs.aws.amazon.com/general/latest/gr/asm.html */
function endpoint({ partition, region }: HostedRotationArgs): string {
  return `https://secretsmanager.${region}.${partitions[partition].dnsSuffix}`;
}

/** The name all of AWS's rotation applications give it. */
function functionArnAmong(outputs: Readonly<Record<string, string>>): string {
  const arn = outputs.RotationLambdaARN;
  if (arn === undefined) throw new Error("the rotation application has no output RotationLambdaARN");
  return arn;
}
