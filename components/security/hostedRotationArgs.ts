import type { Input } from "@pulumi/pulumi";
import type { Partition } from "../../model/aws/partitions";
import type { DatabaseEngine, DatabaseStrategy } from "../../model/catalogue/types";
import type { RotationNetwork } from "../../model/organisation/types";
import type { Tags } from "../argumentRules";
import type { LogSettings } from "../logGroup";

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
