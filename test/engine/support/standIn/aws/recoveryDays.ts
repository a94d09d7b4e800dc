import type { State } from "../resourceHandler";

/** Output that holds the recovery window in days, and the days that its absence means, by type token. */
const windows: Record<string, { property: string; absent: number }> = {
  // The real provider takes an unknown window for none at all: so it is with a secret that was only just imported.
  "aws:secretsmanager/secret:Secret": { property: "recoveryWindowInDays", absent: 0 },
  "aws:kms/key:Key": { property: "deletionWindowInDays", absent: 30 },
  "aws:kms/replicaKey:ReplicaKey": { property: "deletionWindowInDays", absent: 30 },
};

/** Days that a resource waits for its deletion; 0: it is deleted at once. */
export function recoveryDays(type: string, { outputs }: State): number {
  const window = windows[type];
  return window === undefined ? 0 : Number(outputs[window.property] ?? window.absent);
}
