import { Secret, SecretPolicy, SecretRotation } from "@pulumi/aws/secretsmanager";
import { ComponentResource, type ComponentResourceOptions, type Output, type Resource } from "@pulumi/pulumi";
import { policyJson } from "../policyArgument";
import { rejectProblems } from "../validation";
import type { RotatingSecretArgs, SecretRotationArgs } from "./rotatingSecretArgs";
import { rotatingSecretProblems } from "./rotatingSecretProblems";

/**
 * A secret with the policy that says who reads it, attached before it holds anything, its first value, its rotation and
 * its replicas.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotate-secrets_external.html
 */
export class RotatingSecret extends ComponentResource {
  /** Full ARN, with the six characters AWS puts at its end. */
  readonly arn: Output<string>;

  constructor(name: string, args: RotatingSecretArgs, opts?: ComponentResourceOptions) {
    rejectProblems("RotatingSecret", name, rotatingSecretProblems(args));
    super("secrets-platform:security:RotatingSecret", name, {}, opts);
    const secret = createSecret(name, args, this);
    const policy = attachPolicy(name, args, secret, this);
    const value = args.firstValue?.(`${name}-value`, secret.arn, { parent: this, dependsOn: [policy] });
    turnOnRotation(name, args.rotation, { secret, lastStep: value ?? policy }, this);
    this.arn = secret.arn;
    this.registerOutputs({ arn: this.arn });
  }
}

function createSecret(name: string, args: RotatingSecretArgs, parent: Resource): Secret {
  const { importArn } = args;
  return new Secret(
    `${name}-secret`,
    {
      name: args.secretName,
      description: args.description,
      ...(args.type !== undefined && { type: args.type }),
      kmsKeyId: args.keyArn,
      recoveryWindowInDays: args.recoveryWindowDays,
      // A secret of that name in another region is somebody's; replacing it would lose its value.
      forceOverwriteReplicaSecret: false,
      replicas: (args.replicas ?? []).map(({ region, keyArn }) => ({ region, kmsKeyId: keyArn })),
      tags: args.tags,
    },
    { parent, ...(importArn !== undefined && { import: importArn, ignoreChanges: notImported }) },
  );
}

/** What an import cannot read back or may find as it was before the secret was deleted; the next update settles it. */
const notImported = [
  "description",
  "forceOverwriteReplicaSecret",
  "kmsKeyId",
  "recoveryWindowInDays",
  "replicas",
  "tags",
  "tagsAll",
];

function attachPolicy(
  name: string,
  args: RotatingSecretArgs,
  secret: Secret,
  parent: Resource,
): SecretPolicy {
  return new SecretPolicy(
    `${name}-policy`,
    { secretArn: secret.arn, policy: policyJson(args.policy), blockPublicPolicy: true },
    { parent },
  );
}

function turnOnRotation(
  name: string,
  rotation: SecretRotationArgs,
  { secret, lastStep }: { readonly secret: Secret; readonly lastStep: Resource },
  parent: Resource,
): void {
  new SecretRotation(
    `${name}-rotation`,
    {
      secretId: secret.arn,
      ...(rotation.functionArn !== undefined && { rotationLambdaArn: rotation.functionArn }),
      ...(rotation.partner && {
        externalSecretRotationRoleArn: rotation.partner.roleArn,
        externalSecretRotationMetadatas: Object.entries(rotation.partner.metadata).map(([key, value]) => ({
          key,
          value,
        })),
      }),
      rotationRules: {
        scheduleExpression: rotation.scheduleExpression,
        ...(rotation.windowHours !== undefined && { duration: `${rotation.windowHours}h` }),
      },
      rotateImmediately: rotation.immediately,
    },
    { parent, dependsOn: [lastStep, ...[rotation.after ?? []].flat()] },
  );
}
