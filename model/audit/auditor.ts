import type { Plan, ReadableItem } from "../plan/types";
import { type Access, accessOf } from "./accesses";
import { type StaleRead, staleReads, type UnusedGrants, unusedGrants } from "./findings";
import { pairing } from "./pairing";
import { planIndex } from "./planIndex";
import { readableRecord } from "./readableRecord";
import { repeats } from "./repeats";
import { idOf, type Row, tally } from "./tally";
import { recordTime, type TrailRecord } from "./trailRecord";

export interface AuditOptions {
  /** Limits the report to some items. */
  readonly only?: (item: ReadableItem) => boolean;
  /** Records before it are left out. */
  readonly since?: Date;
  /** Records from then on are left out. */
  readonly until?: Date;
  readonly unusedDays: number;
  readonly limits?: Partial<AuditLimits>;
}

/** What memory is spent on. */
export interface AuditLimits {
  readonly rows: number;
  readonly places: number;
  /** Records that wait for the other account's. */
  readonly waiting: number;
  /** Role ids remembered. */
  readonly roles: number;
  /** Records that name values among which one that comes again is recognised. */
  readonly repeats: number;
}

export const defaultLimits: AuditLimits = {
  rows: 20_000,
  places: 50,
  waiting: 20_000,
  roles: 20_000,
  repeats: 100_000,
};

export interface AuditReport {
  readonly seen: Seen;
  readonly rows: readonly Row[];
  /** False where records of the time asked for are known to be missing. */
  readonly complete: boolean;
  /** Undefined where records are missing: what is not in them tells nothing. */
  readonly unusedGrants: UnusedGrants | undefined;
  /** The same. */
  readonly staleReads: readonly StaleRead[] | undefined;
}

/** What the report rests on. */
export interface Seen {
  /** Records of the three services, as they came. */
  readonly records: number;
  /** Of those that name values, how many had come before, and count nowhere else. */
  readonly repeated: number;
  /** ISO 8601, UTC; empty without records. */
  readonly from: string;
  readonly to: string;
  /** Accounts whose trails they come from. */
  readonly accounts: readonly string[];
  /** Calls of which both accounts' records were joined. */
  readonly joined: number;
  /** Owner's records that stayed without the caller's. */
  readonly unjoined: number;
  /** Records of reads of what no manifest names, as they came. */
  readonly outside: number;
  /** Records in which a field has another form than CloudTrail gives it; they count nowhere else. */
  readonly unreadable: number;
}

export interface Auditor {
  /** Takes one record of the three services, as it was parsed: its fields are looked at here. Throws for nothing. */
  readonly add: (record: TrailRecord) => void;
  /** @param covered false where records of the time asked for are known to be missing */
  report(covered?: boolean): AuditReport;
}

/** Takes records one by one, in any order, in memory that does not grow with their number. */
export function auditor(plan: Plan, options: AuditOptions): Auditor {
  const { only = () => true } = options;
  const limits = { ...defaultLimits, ...options.limits };
  const since = options.since && recordTime(options.since);
  const until = options.until && recordTime(options.until);
  const index = planIndex(plan);
  const earlier = repeats(limits.repeats);
  const pairs = pairing(limits.waiting);
  const counts = tally(plan, limits);
  const roleNames = new Map<string, string>();
  /** Time of the first record by account. */
  const reach = new Map<string, string>();
  const limited = index.items.some((item) => !only(item));
  /** Last use of a grant, by item and role; last read and last change of a secret. Bounded by the Plan. */
  const used = new Map<string, string>();
  const read = new Map<string, string>();
  const changed = new Map<string, string>();
  let records = 0;
  let repeated = 0;
  let outside = 0;
  let unreadable = 0;
  let unjoined = 0;
  let from = "";
  let to = "";

  function learn({ userIdentity }: TrailRecord): void {
    const issuer = userIdentity?.sessionContext?.sessionIssuer;
    if (issuer?.principalId === undefined || issuer.arn === undefined) return;
    if (roleNames.size < limits.roles) roleNames.set(issuer.principalId, issuer.arn);
  }

  function reachBack(account: string | undefined, time: string): void {
    if (account === undefined) return;
    const known = reach.get(account);
    if (known === undefined ? reach.size < limits.roles : time < known) reach.set(account, time);
  }

  function count(access: Access): void {
    if (access.principal.kind === "account" && access.shared !== "") unjoined++;
    if (access.items.length === 0 && !limited) counts.add(access, undefined);
    for (const item of access.items) {
      if (!only(item)) continue;
      const { finding } = counts.add(access, item);
      if (access.denied) continue;
      keepLatest(read, idOf(item), access.time);
      if (finding === "granted") keepLatest(used, `${idOf(item)}|${access.principal.name}`, access.time);
    }
  }

  return {
    add(found) {
      const record = readableRecord(found);
      if (record === undefined) {
        unreadable++;
        return;
      }
      const { eventTime } = record;
      if ((since !== undefined && eventTime < since) || (until !== undefined && eventTime >= until)) return;
      records++;
      if (from === "" || eventTime < from) from = eventTime;
      if (eventTime > to) to = eventTime;
      reachBack(record.recipientAccountId, eventTime);
      learn(record);
      const access = accessOf(record, index);
      if (access === undefined) return;
      if (access === "outside") outside++;
      else if (earlier.known(record.eventID)) repeated++;
      else if (access.kind === "changed") {
        for (const item of access.items) keepLatest(changed, idOf(item), access.time);
      } else for (const one of pairs.add(access)) count(one);
    },
    report(covered = true) {
      pairs.rest().forEach(count);
      const rows = counts.rows((roleId) => roleNames.get(roleId));
      for (const { item, principal, finding, last, reads, decrypts } of rows) {
        if (item === undefined || finding !== "granted" || reads + decrypts === 0) continue;
        keepLatest(used, `${idOf(item)}|${principal.name}`, last);
      }
      // What was asked for says nothing of how far back the records reach.
      const span = { from: reach, to };
      const items = index.items.filter(only);
      return {
        seen: {
          records,
          repeated,
          from,
          to,
          accounts: [...reach.keys()].sort(),
          joined: pairs.joined,
          unjoined,
          outside,
          unreadable,
        },
        rows,
        complete: covered,
        unusedGrants: covered ? unusedGrants(items, used, span, options.unusedDays) : undefined,
        staleReads: covered ? staleReads(items, read, changed, span) : undefined,
      };
    },
  };
}

function keepLatest(times: Map<string, string>, key: string, time: string): void {
  const known = times.get(key);
  if (known === undefined || time > known) times.set(key, time);
}
