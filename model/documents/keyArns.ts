import type { KeyPlan } from "../plan/types";

/**
 * ARN of a security account's key, or of its replica in another region: AWS makes it up, so it comes from the stack that
 * has the key. Keys of a role's own account need none: a condition on their alias names them.
 */
export type KeyArns = (key: KeyPlan, region: string) => string;

/** Name of a key among a stack's outputs. */
export function keyOutput(key: KeyPlan, region: string): string {
  return `${key.alias}@${region}`;
}
