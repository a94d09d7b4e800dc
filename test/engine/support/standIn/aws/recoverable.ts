import type { CloudResource } from "../cloud/cloud";
import { LedgerHandler } from "./ledgerHandler";

/** Input that holds the recovery window in days, and AWS's default, by type token. */
const windows: Record<string, { property: string; days: number }> = {
  "aws:secretsmanager/secret:Secret": { property: "recoveryWindowInDays", days: 30 },
  "aws:kms/key:Key": { property: "deletionWindowInDays", days: 30 },
  "aws:kms/replicaKey:ReplicaKey": { property: "deletionWindowInDays", days: 30 },
};

/** True for types whose resources wait some days for their deletion. */
export function isRecoverable(type: string): boolean {
  return type in windows;
}

/** Deletes secrets and keys as AWS does: after a recovery window, or at once where that is zero days. */
export class RecoverableHandler extends LedgerHandler {
  protected override end(resource: CloudResource): void {
    const window = windows[resource.type];
    const days = Number(resource.inputs[window?.property ?? ""] ?? window?.days ?? 0);
    if (days === 0) super.end(resource);
    else this.cloud.scheduleDeletion(resource, days);
  }
}
