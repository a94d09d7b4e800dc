import { dayMilliseconds } from "../aws/days";
import type { ReadableItem, RoleIdentity, SecretPlan } from "../plan/types";
import { idOf } from "./tally";

/** What the records cover; times are ISO 8601, UTC. */
export interface Span {
  /** Time of the first record by the account whose trail holds it: each trail reaches back as far as it does. */
  readonly from: ReadonlyMap<string, string>;
  /** Time of the last record of all; empty without any. */
  readonly to: string;
}

/** A consumer that was granted a value and did not read it. */
export interface UnusedGrant {
  readonly item: ReadableItem;
  readonly role: RoleIdentity;
  /** Last read within the records, if any. */
  readonly last?: string;
}

/** Grants nobody used, of the accounts whose records reach back far enough to tell. */
export interface UnusedGrants {
  readonly grants: readonly UnusedGrant[];
  /** Accounts with grants of which it cannot be told. */
  readonly untold: readonly string[];
}

/**
 * Grants nobody used in the last `days` days of the records: candidates for removal. Told by the records of the
 * consumer's own account, since only there a record names the role.
 * @param used time of last use by `item|role`
 */
export function unusedGrants(
  items: readonly ReadableItem[],
  used: ReadonlyMap<string, string>,
  { from, to }: Span,
  days: number,
): UnusedGrants {
  const start = Date.parse(to) - days * dayMilliseconds;
  // The first record of a full span comes some time after its beginning.
  const reachesBack = (account: string) => Date.parse(from.get(account) ?? to) - dayMilliseconds <= start;
  const readers = items.flatMap((item) => item.readers.map((role) => ({ item, role })));
  const grants = readers.flatMap(({ item, role }): readonly UnusedGrant[] => {
    const last = used.get(`${idOf(item)}|${role.arn}`);
    if (!reachesBack(role.account) || (last !== undefined && Date.parse(last) >= start)) return [];
    return [{ item, role, ...(last !== undefined && { last }) }];
  });
  const accounts = new Set(readers.map(({ role }) => role.account));
  return { grants, untold: [...accounts].filter((account) => !reachesBack(account)).sort() };
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
const graceMs = dayMilliseconds;

/** @param read time of last read by item, @param changed time of last change by item */
export function staleReads(
  items: readonly ReadableItem[],
  read: ReadonlyMap<string, string>,
  changed: ReadonlyMap<string, string>,
  { from }: Span,
): readonly StaleRead[] {
  return items.flatMap((item) => {
    const lastRead = read.get(idOf(item));
    const recorded = from.get(item.account);
    if (item.kind !== "secret" || lastRead === undefined || recorded === undefined) return [];
    const lastChanged = changed.get(idOf(item));
    const { longestDays, windowHours = 24 } = item.rotation.schedule;
    const due =
      Date.parse(lastChanged ?? recorded) +
      longestDays * dayMilliseconds +
      windowHours * (dayMilliseconds / 24);
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
