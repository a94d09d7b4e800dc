import { without } from "../properties";
import type { Found } from "../resourceHandler";

/**
 * Inputs that AWS does not tell of an existing resource, so that an import lacks them, by type token without the `aws:`
 * in front. A program that imports such a resource has to ignore changes of them (terraform-provider-aws#42139).
 */
const byType: Record<string, readonly string[]> = {
  "secretsmanager/secret:Secret": ["forceOverwriteReplicaSecret", "recoveryWindowInDays"],
  "kms/key:Key": ["bypassPolicyLockoutSafetyCheck", "deletionWindowInDays"],
  "kms/replicaKey:ReplicaKey": ["bypassPolicyLockoutSafetyCheck", "deletionWindowInDays"],
  "iam/role:Role": ["forceDetachPolicies"],
  "s3/bucket:Bucket": ["forceDestroy"],
  "cloudwatch/logGroup:LogGroup": ["skipDestroy"],
  "ssm/parameter:Parameter": ["overwrite"],
};

/** What an import finds of a resource. */
export function asImported(type: string, found: Found): Found {
  const unread = byType[type.replace(/^aws:/, "")] ?? [];
  return {
    inputs: unread.reduce(without, found.inputs),
    outputs: unread.reduce(without, found.outputs),
  };
}
