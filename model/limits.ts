import { pendingDeletionDays } from "./aws/pendingDeletion";

/** The platform's own numbers, one place each; AWS's stand in `model/aws`, and an organisation's in its stacks' files. */

/** Days between two rotations of a secret, at most. */
export const longestRotationDays = 90;

/** Days that a value which expires lives, at most. */
export const longestExpiryDays = 90;

/** Days before its expiry at which an owner is told of a value, at the least; as many where nothing else is said. */
export const shortestWarningDays = 14;

/** Days after which an owner is reminded of a value that does not expire, at most. */
export const longestReminderDays = 365;

/** Days that the platform's logs are kept. */
export const logRetentionDays = 365;

/** Days in which a deleted secret or key can be had back: as long as AWS lets it be where it is production. */
export function deletionWindowDays({ production }: { readonly production: boolean }): number {
  return production ? pendingDeletionDays.to : pendingDeletionDays.from;
}
