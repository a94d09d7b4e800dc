import { CustomResource, type CustomResourceOptions, type Input, output, type Output } from "@pulumi/pulumi";
import type { ExpiryRule } from "../../model/values/parameterPolicies";

export interface ExpiringParameterArgs {
  /** `/{service}/{environment}/{parameter}`. Another name is another parameter, without the value. */
  readonly name: Input<string>;
  readonly description: Input<string>;
  /** ARN of a customer-managed key. */
  readonly keyId: Input<string>;
  /** The manifest's `expires`; its `reason` stays in the manifest. */
  readonly expires: Input<ExpiryRule>;
  readonly tags?: Input<Record<string, Input<string>>>;
}

/**
 * An Advanced SecureString with its expiry policies, created unset through the plugin (`provider/`), which no typed
 * resource of the AWS provider can do (hashicorp/terraform-provider-aws#39310). `platform set` writes its value;
 * Pulumi neither reads nor overwrites one. Changes of `description`, `keyId` and `expires` wait for the next set.
 */
export class ExpiringParameter extends CustomResource {
  declare readonly name: Output<string>;
  declare readonly arn: Output<string>;
  declare readonly tier: Output<string>;
  /** When AWS deletes it, in ISO 8601; empty for never. */
  declare readonly expiresAt: Output<string>;
  /**
   * Differs for every parameter made under this name. The resource policy by which RAM shares a parameter goes with it
   * when it expires, while RAM may go on listing it: make its association again with this
   * (`replacementTrigger: parameter.incarnation, deleteBeforeReplace: true`).
   */
  declare readonly incarnation: Output<string>;
  /** Settings that wait for the next `platform set`. */
  declare readonly pendingPolicies: Output<readonly string[]>;

  constructor(name: string, args: ExpiringParameterArgs, opts?: CustomResourceOptions) {
    const outputs = {
      arn: undefined,
      tier: undefined,
      expiresAt: undefined,
      incarnation: undefined,
      pendingPolicies: undefined,
    };
    const expires = output(args.expires).apply(ruleOnly);
    super("secrets-platform:index:ExpiringParameter", name, { ...args, expires, ...outputs }, opts);
  }
}

function ruleOnly(expires: ExpiryRule): ExpiryRule {
  return expires.never
    ? { never: true, remindDays: expires.remindDays }
    : { never: false, afterDays: expires.afterDays, warnDays: expires.warnDays };
}
