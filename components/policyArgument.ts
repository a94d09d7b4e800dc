import { type Input, output } from "@pulumi/pulumi";
import { policyLimits as limits } from "../model/documents/sizes";
import { type PolicyDocument, policyText } from "../model/documents/policy";
import { check, type Failure, settled } from "./validation";

/**
 * A policy as a resource takes it. A document that is known stays a plain text, so that rules can judge it in a
 * preview, where anything that hangs on an output is still unknown.
 */
export function policyJson(document: Input<PolicyDocument>): Input<string> {
  const known = settled(document);
  return known === undefined ? output(document).apply(policyText) : policyText(known);
}

/** What AWS accepts at most, in characters without white space. */
export const policyLimits = {
  key: { characters: limits.key, of: "a key's policy" },
  secret: { characters: limits.secret, of: "a secret's policy" },
  role: { characters: limits.role, of: "a role's inline policy" },
  boundary: { characters: limits.boundary, of: "a managed policy" },
  /** Unless the account's quota was raised. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
  trust: { characters: 2_048, of: "a role's trust policy" },
  /** https://docs.aws.amazon.com/AmazonS3/latest/userguide/add-bucket-policy.html */
  bucket: { characters: 20_480, of: "a bucket's policy" },
  /** https://docs.aws.amazon.com/general/latest/gr/sns.html */
  topic: { characters: 30_720, of: "a topic's policy" },
  /** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-policies.html */
  queue: { characters: 8_192, of: "a queue's policy" },
} as const;

/** Passes over what is absent, and what another resource will only make known later. */
export function checkPolicy(
  propertyPath: string,
  document: Input<PolicyDocument> | undefined,
  limit: (typeof policyLimits)[keyof typeof policyLimits],
): Failure[] {
  const known = settled(document);
  if (known === undefined) return [];
  const { length } = policyText(known);
  return [
    ...check(
      known.Statement.length > 0,
      propertyPath,
      "a policy without statements was found",
      "at least one is needed",
      "state what it allows or denies",
    ),
    ...check(
      length <= limit.characters,
      propertyPath,
      `${length} characters were found, ${length - limit.characters} too many`,
      `${limit.of} takes at most ${limit.characters}`,
      "name fewer roles in it, or spread them over several",
    ),
  ];
}
