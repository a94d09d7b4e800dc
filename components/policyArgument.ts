import { type Input, output } from "@pulumi/pulumi";
import { furtherPolicyLimits, policyLimits as limits } from "../model/aws/quotas";
import { type PolicyDocument, policyText } from "../model/documents/policy";
import { check, type ArgumentProblem, settled } from "./validation";

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
  trust: { characters: limits.trust, of: "a role's trust policy" },
  bucket: { characters: furtherPolicyLimits.bucket, of: "a bucket's policy" },
  topic: { characters: furtherPolicyLimits.topic, of: "a topic's policy" },
  queue: { characters: furtherPolicyLimits.queue, of: "a queue's policy" },
} as const;

/** Passes over what is absent, and what another resource will only make known later. */
export function checkPolicy(
  propertyPath: string,
  document: Input<PolicyDocument> | undefined,
  limit: (typeof policyLimits)[keyof typeof policyLimits],
): ArgumentProblem[] {
  const known = settled(document);
  if (known === undefined) return [];
  const { length } = policyText(known);
  return [
    ...check(known.Statement.length > 0, propertyPath, {
      found: "a policy without statements was found",
      allowed: "at least one is needed",
      remedy: "state what it allows or denies",
    }),
    ...check(length <= limit.characters, propertyPath, {
      found: `${length} characters were found, ${length - limit.characters} too many`,
      allowed: `${limit.of} takes at most ${limit.characters}`,
      remedy: "name fewer roles in it, or spread them over several",
    }),
  ];
}
