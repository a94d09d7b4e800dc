import { Secret, SecretPolicy, SecretRotation } from "@pulumi/aws/secretsmanager";
import {
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResource,
  type CustomResourceOptions,
  type Input,
  type Output,
  type Resource,
} from "@pulumi/pulumi";
import type { PolicyDocument } from "../../model/documents/policy";
import type { Tags } from "../argumentRules";
import { policyJson } from "../policyArgument";
import { rejectFailures } from "../validation";
import { rotatingSecretFailures } from "./rotatingSecretFailures";

export interface RotatingSecretArgs {
  /** `{service}/{environment}/{secret}`; must not end in a hyphen and six characters. */
  readonly secretName: string;
  /** What it holds; AWS shows it. At most 2,048 characters. */
  readonly description: string;
  /** ARN of the environment's key. */
  readonly keyArn: Input<string>;
  /** Who may read it (`secretPolicy`), at most 20,480 characters. */
  readonly policy: Input<PolicyDocument>;
  /** Days a deleted secret can still be restored, 7 to 30. */
  readonly recoveryWindowDays: number;
  /**
   * Other regions that hold a copy, each under a key of that region.
   * @default none
   */
  readonly replicas?: readonly SecretReplica[];
  readonly rotation: SecretRotationArgs;
  /**
   * Makes the resource that puts the first version, once the secret and its policy exist and before rotation is turned
   * on. Give it the options it is handed: parent and order are in them. The value must not come from the program.
   * @default no first version: the secret stays empty
   */
  readonly firstValue?: (
    name: string,
    secretArn: Output<string>,
    opts: CustomResourceOptions,
  ) => CustomResource;
  /**
   * Full ARN of a secret of this name that exists, restored from its recovery window, to take over instead of making
   * one. Once it has been taken over the argument changes nothing and can go.
   * @default a new secret
   */
  readonly importArn?: string;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

export interface SecretReplica {
  readonly region: string;
  /** ARN of the key there. */
  readonly keyArn: Input<string>;
}

export interface SecretRotationArgs {
  readonly functionArn: Input<string>;
  /** `rate(...)` or `cron(...)`; a rate of at most 90 days. */
  readonly scheduleExpression: string;
  /**
   * Length of the window a rotation may begin in, 1 to 24 hours.
   * @default AWS's: the rest of the day, or of the hours of a rate in hours
   */
  readonly windowHours?: number | undefined;
  /**
   * Rotate as soon as rotation is turned on; otherwise the function only runs its testSecret step then. False while the
   * value is a password that cannot log in yet.
   */
  readonly immediately: boolean;
  /**
   * What has to exist before Secrets Manager may call the function: its invoke permission, or the stack it comes from.
   * @default nothing
   */
  readonly after?: Resource | undefined;
}

/**
 * A secret with the policy that says who reads it, attached before it holds anything, its first value, its rotation and
 * its replicas.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets.html
 */
export class RotatingSecret extends ComponentResource {
  /** Full ARN, with the six characters AWS puts at its end. */
  readonly arn: Output<string>;

  constructor(name: string, args: RotatingSecretArgs, opts?: ComponentResourceOptions) {
    rejectFailures("RotatingSecret", name, ...rotatingSecretFailures(args));
    super("secrets-platform:security:RotatingSecret", name, {}, opts);
    const secret = createSecret(name, args, this);
    const policy = attachPolicy(name, args, secret, this);
    const value = args.firstValue?.(`${name}-value`, secret.arn, { parent: this, dependsOn: [policy] });
    turnOnRotation(name, args.rotation, secret, value ?? policy, this);
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
  secret: Secret,
  lastStep: Resource,
  parent: Resource,
): void {
  new SecretRotation(
    `${name}-rotation`,
    {
      secretId: secret.arn,
      rotationLambdaArn: rotation.functionArn,
      rotationRules: {
        scheduleExpression: rotation.scheduleExpression,
        ...(rotation.windowHours !== undefined && { duration: `${rotation.windowHours}h` }),
      },
      rotateImmediately: rotation.immediately,
    },
    { parent, dependsOn: [lastStep, ...(rotation.after === undefined ? [] : [rotation.after])] },
  );
}
