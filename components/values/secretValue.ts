import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import type { SecretShape } from "../../model/plan/types";

export interface SecretValueArgs {
  /** ARN of the secret. Another one makes another first value. */
  readonly secretId: Input<string>;
  readonly shape: Input<SecretShape>;
  /** ARN of the administrator's secret; only for database secrets with alternating users. */
  readonly masterArn?: Input<string>;
  /**
   * Characters of each generated text for which the shape names no form, 22 to 1,024.
   * @default 32
   */
  readonly length?: Input<number>;
}

/**
 * The first value of a secret, made up inside the plugin (`provider/`) so that it never enters the program or its
 * state, not even encrypted. Written only while the secret has no AWSCURRENT version; a database secret is tagged as
 * unset with it. Attach the secret's policy first (`dependsOn`), and let the rotation depend on this.
 */
export class SecretValue extends CustomResource {
  declare readonly secretId: Output<string>;
  /** Id of the version that was current when the first value was made or found. */
  declare readonly versionId: Output<string>;

  constructor(name: string, args: SecretValueArgs, opts?: CustomResourceOptions) {
    super("secrets-platform:index:SecretValue", name, { ...args, versionId: undefined }, opts);
  }
}
