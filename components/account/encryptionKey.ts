import { Alias, Key } from "@pulumi/aws/kms";
import type { Input, Resource } from "@pulumi/pulumi";
import type { PolicyDocument } from "../../model/documents/policy";
import type { Tags } from "../argumentRules";
import { policyJson } from "../policyArgument";

export interface EncryptionKeyArgs {
  readonly alias: string;
  readonly description: string;
  readonly policy: Input<PolicyDocument>;
  readonly deletionWindowDays: number;
  readonly rotationPeriodDays?: number;
  /** @default the provider's */
  readonly region?: string;
  readonly tags: Tags;
}

/** Longest that a key's material serves here before AWS makes new material. */
export const rotationPeriodDays = { from: 90, to: 365, unit: "days" };

/** What KMS allows between a key's deletion and its end. */

/**
 * A symmetric key that rotates, and its alias: children `{name}-key` and `{name}-alias` of a component. Single-region,
 * so that no replica of its material can come to be under a policy of somebody else's.
 * https://docs.aws.amazon.com/kms/latest/developerguide/rotate-keys.html
 */
export function encryptionKey(name: string, args: EncryptionKeyArgs, parent: Resource): Key {
  const inRegion = args.region === undefined ? {} : { region: args.region };
  const key = new Key(
    `${name}-key`,
    {
      ...inRegion,
      description: args.description,
      policy: policyJson(args.policy),
      enableKeyRotation: true,
      rotationPeriodInDays: args.rotationPeriodDays ?? rotationPeriodDays.to,
      deletionWindowInDays: args.deletionWindowDays,
      multiRegion: false,
      tags: args.tags,
    },
    { parent },
  );
  new Alias(`${name}-alias`, { ...inRegion, name: args.alias, targetKeyId: key.keyId }, { parent });
  return key;
}
