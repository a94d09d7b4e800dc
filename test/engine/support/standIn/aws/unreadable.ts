import { type Properties, without } from "../properties";
import type { Found, State } from "../resourceHandler";

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

/** Inputs that the provider takes from the state for ever, by type token: no refresh shows that AWS has others. */
const neverRead: Record<string, readonly string[]> = {
  // https://github.com/pulumi/pulumi-aws/issues/906
  "aws:lambda/function:Function": ["code", "sourceCodeHash"],
};

/** What a refresh finds of a resource. */
export function asRefreshed(type: string, found: Found, state: State): Found {
  const remembered = (properties: Properties, known: Properties) => ({
    ...properties,
    ...Object.fromEntries((neverRead[type] ?? []).map((key) => [key, known[key]])),
  });
  return {
    inputs: remembered(found.inputs, state.inputs),
    outputs: remembered(found.outputs, state.outputs),
  };
}
