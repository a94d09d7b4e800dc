import type { CustomResource, CustomResourceOptions, Input, Output, Resource } from "@pulumi/pulumi";
import type { ExternalSecretType } from "../../model/aws/externalSecrets";
import type { PolicyDocument } from "../../model/documents/policy";
import type { Tags } from "../argumentRules";

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
  /**
   * Whose credential it is, where Secrets Manager itself rotates it at a partner of AWS. It cannot change later.
   * @default no partner's: a function rotates it
   */
  readonly type?: ExternalSecretType;
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

export interface SecretPartnerArgs {
  /** ARN of the role that Secrets Manager assumes. */
  readonly roleArn: Input<string>;
  /** What the partner is told, by key; which keys there are depends on the type. */
  readonly metadata: Readonly<Record<string, string>>;
}

export interface SecretReplica {
  readonly region: string;
  /** ARN of the key there. */
  readonly keyArn: Input<string>;
}

export interface SecretRotationArgs {
  /** The function that rotates it. Give this or, with a `type`, `partner`. */
  readonly functionArn?: Input<string>;
  /** How Secrets Manager itself rotates it. */
  readonly partner?: SecretPartnerArgs;
  /** `rate(...)` or `cron(...)`, at least 4 hours and at most 90 days apart. */
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
   * What has to exist before Secrets Manager may call the function: its invoke permission, or the stack it comes from,
   * and what it writes to.
   * @default nothing
   */
  readonly after?: Resource | readonly Resource[] | undefined;
}
