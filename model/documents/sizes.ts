import { type PolicyDocument, policyText } from "./policy";

/**
 * AWS's limits on policies.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 * https://docs.aws.amazon.com/kms/latest/developerguide/resource-limits.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 */
export const policyLimits = {
  /** Characters. */
  secret: 20_480,
  /** Bytes; our documents are ASCII, so characters. */
  key: 32_768,
  /** Characters of all inline policies of a role; ours has one. */
  role: 10_240,
  /** Characters of a managed policy, which the boundary is. */
  boundary: 6_144,
  /** Characters of a role's trust policy, unless the account's quota was raised. */
  trust: 2_048,
} as const;

/**
 * Characters of a service control policy.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export const organisationPolicyLimit = 5_120;

/** In characters, as AWS counts. */
export function sizeOf(document: PolicyDocument): number {
  return policyText(document).length;
}

export function over(size: number, limit: number): string {
  return `${format(size)} characters, ${format(size - limit)} too many`;
}

export function format(count: number): string {
  return count.toLocaleString("en-US");
}

/** The first few of many names. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 5).join(", ");
  return names.length > 5 ? `${shown} and ${names.length - 5} more` : shown;
}
