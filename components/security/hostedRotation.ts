import { CloudFormationStack } from "@pulumi/aws/serverlessrepository";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type Input,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import { type Partition, partitions } from "../../model/aws/partitions";
import type { DatabaseEngine, DatabaseStrategy } from "../../model/catalogue/types";
import type { RotationNetwork } from "../../model/organisation/types";
import { lambdaLogGroupName } from "../../model/plan/names";
import type { Tags } from "../argumentRules";
import { encryptedLogGroup, type LogSettings } from "../logGroup";
import { rejectFailures } from "../validation";
import { hostedRotationFailures } from "./hostedRotationFailures";
import { rotationApplication } from "./rotationApplications";

export interface HostedRotationArgs {
  readonly engine: DatabaseEngine;
  readonly strategy: DatabaseStrategy;
  readonly partition: Partition;
  /** Region of the secrets; one with the Serverless Application Repository. */
  readonly region: string;
  /** Name of the CloudFormation stack, without the `serverlessrepo-` AWS puts before it. */
  readonly stackName: string;
  /** Name of the function it makes, at most 64 characters. */
  readonly functionName: string;
  /** Where the function reaches the databases. */
  readonly network: RotationNetwork;
  /** ARN of the key over the secrets it rotates. */
  readonly keyArn: Input<string>;
  /** Of the function's log group, which Lambda would otherwise make by itself, unencrypted and kept for ever. */
  readonly logs: LogSettings;
  /** For alternating users, exactly then: the secret with the login that may change passwords. */
  readonly admin?: HostedRotationAdmin | undefined;
  /**
   * Version of the application.
   * @default the one this platform was made for
   */
  readonly version?: string;
  /**
   * Characters that new passwords must not contain.
   * @default all punctuation but `-._~`, so that passwords stand in URLs and connection strings as they are
   */
  readonly excludedCharacters?: string;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

export interface HostedRotationAdmin {
  /** Full ARN. */
  readonly secretArn: Input<string>;
  /** ARN of the key over it. */
  readonly keyArn: Input<string>;
}

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
    rejectFailures("HostedRotation", name, hostedRotationFailures(args));
    super("secrets-platform:security:HostedRotation", name, {}, opts);
    const logs = encryptedLogGroup(name, lambdaLogGroupName(args.functionName), args.logs, args.tags, this);
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
