import type { ReadableItem, RolePlan, SecretPlan } from "../plan/types";
import { idOf } from "./tally";

const dayMs = 24 * 60 * 60 * 1000;

/** Time and accounts that the records cover; ISO 8601, UTC. */
export interface Span {
  readonly from: string;
  readonly to: string;
  readonly accounts: ReadonlySet<string>;
}

/** A consumer that was granted a value and did not read it. */
export interface UnusedGrant {
  readonly item: ReadableItem;
  readonly role: RolePlan;
  /** Last read within the records, if any. */
  readonly last?: string;
}

/**
 * Grants nobody used in the last `days` days of the records: candidates for removal. Only those of consumers in accounts
 * whose records were seen, since only there a record names the role. Undefined for records of fewer days.
 * @param used time of last use by `item|role`
 */
export function unusedGrants(
  items: readonly ReadableItem[],
  used: ReadonlyMap<string, string>,
  { from, to, accounts }: Span,
  days: number,
): readonly UnusedGrant[] | undefined {
  if (from === "" || to === "") return undefined;
  // The first record of a full span comes some time after its beginning.
  const start = Date.parse(to) - days * dayMs;
  if (Date.parse(from) - dayMs > start) return undefined;
  return items.flatMap((item) =>
    item.readers
      .filter(({ account }) => accounts.has(account))
      .map((role) => ({ item, role, last: used.get(`${idOf(item)}|${role.arn}`) }))
      .filter(({ last }) => last === undefined || Date.parse(last) < start)
      .map(({ last, ...grant }) => ({ ...grant, ...(last !== undefined && { last }) })),
  );
}

/** A secret that was read after it should have rotated. */
export interface StaleRead {
  readonly item: SecretPlan;
  readonly lastRead: string;
  /** Last `RotationSucceeded` or value put; absent: none within the records, which then count from their beginning. */
  readonly lastChanged?: string;
  /** End of the window in which it was to rotate. */
  readonly due: string;
}

/** A day, in which Secrets Manager still tries again by itself. */
const graceMs = dayMs;

/** @param read time of last read by item, @param changed time of last change by item */
export function staleReads(
  items: readonly ReadableItem[],
  read: ReadonlyMap<string, string>,
  changed: ReadonlyMap<string, string>,
  { from, accounts }: Span,
): readonly StaleRead[] {
  return items.flatMap((item) => {
    const lastRead = read.get(idOf(item));
    if (item.kind !== "secret" || lastRead === undefined || !accounts.has(item.account)) return [];
    const lastChanged = changed.get(idOf(item));
    const { longestDays, windowHours = 24 } = item.rotation.schedule;
    const due = Date.parse(lastChanged ?? from) + longestDays * dayMs + windowHours * (dayMs / 24);
    if (Date.parse(lastRead) <= due + graceMs) return [];
    return [
      {
        item,
        lastRead,
        ...(lastChanged !== undefined && { lastChanged }),
        due: new Date(due).toISOString(),
      },
    ];
  });
}
