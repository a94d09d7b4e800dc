import type { Plan, ReadableItem } from "../plan/types";
import type { Access } from "./accesses";
import type { Principal } from "./principal";
import { type AccessFinding, accessFinding } from "./accessFinding";

/** Reads of one value by one principal from one place. */
export interface Row {
  /** Absent where the records do not name it. */
  readonly item: ReadableItem | undefined;
  readonly principal: Principal;
  /** Address or service; empty for decryptions that a service made for the principal. */
  readonly from: string;
  readonly endpoint: string;
  readonly finding: AccessFinding;
  /** It stands for several principals or places, past the limit of rows. */
  readonly several: boolean;
  reads: number;
  decrypts: number;
  denied: number;
  /** ISO 8601, UTC. */
  first: string;
  last: string;
}

export interface TallyLimits {
  /** Rows in all, past which further ones are counted together by value and finding. */
  readonly rows: number;
  /** Places of one principal and value, past which further ones are counted together. */
  readonly places: number;
}

export interface Tally {
  add(access: Access, item: ReadableItem | undefined): Row;
  /** `named` gives the role behind an id, for owner's records that stayed without the caller's. */
  rows(named: (roleId: string) => string | undefined): readonly Row[];
}

/** Counts in bounded memory: what a row has no room for is still counted, under the finding on it. */
export function tally(plan: Plan, limits: TallyLimits): Tally {
  const rows = new Map<string, Row>();
  const places = new Map<string, number>();

  function rowOf(access: Access, item: ReadableItem | undefined): Row {
    const who = `${idOf(item)}|${access.principal.name}|${ownersId(access.principal)}`;
    const from = access.kind === "decrypt" && isService(access.from) ? "" : access.from;
    const session = isConsumers(access.principal.name) ? "" : (access.principal.session ?? "");
    const key = `${who}|${session}|${from}|${access.endpoint}`;
    const found = rows.get(key);
    if (found !== undefined) return found;
    const finding = accessFinding(plan, access.principal, item);
    const { name, account, kind, roleId } = access.principal;
    const nameless: Principal = { name, account, kind, ...(roleId !== undefined && { roleId }) };
    const principal = session === "" ? nameless : access.principal;
    const place = { item, finding, time: access.time };
    if (rows.size >= limits.rows) {
      const others = { name: "others", account: "", kind: "account" } as const;
      return collective(`${idOf(item)}||${finding}`, { ...place, principal: others });
    }
    const known = places.get(who) ?? 0;
    if (known >= limits.places) return collective(`${who}||`, { ...place, principal: nameless });
    places.set(who, known + 1);
    const row = rowFrom({ ...place, principal, from, endpoint: access.endpoint, several: false });
    rows.set(key, row);
    return row;
  }

  function collective(key: string, start: Pick<Start, "item" | "finding" | "time" | "principal">): Row {
    const row = rows.get(key) ?? rowFrom({ ...start, from: "", endpoint: "", several: true });
    rows.set(key, row);
    return row;
  }

  return {
    add(access, item) {
      const row = rowOf(access, item);
      if (access.denied) row.denied++;
      else if (access.kind === "decrypt") row.decrypts++;
      else row.reads++;
      if (access.time < row.first) row.first = access.time;
      if (access.time > row.last) row.last = access.time;
      return row;
    },
    rows: (named) => withoutEchoes(resolved([...rows.values()], plan, named)),
  };
}

type Start = Pick<Row, "item" | "principal" | "from" | "endpoint" | "finding" | "several"> & { time: string };

function rowFrom({ time, ...start }: Start): Row {
  return { ...start, reads: 0, decrypts: 0, denied: 0, first: time, last: time };
}

/** Names the roles of owner's records by their ids; what the caller's records count too is not counted twice. */
function resolved(
  rows: readonly Row[],
  plan: Plan,
  named: (roleId: string) => string | undefined,
): readonly Row[] {
  const all = new Map<string, Row>();
  const later: Row[] = [];
  for (const row of rows) {
    const { principal, item } = row;
    const role =
      principal.kind === "account" && principal.roleId !== undefined ? named(principal.roleId) : undefined;
    if (role === undefined) all.set(keyOf(row), row);
    else {
      const one: Principal = { ...principal, name: role, kind: "role" };
      later.push({ ...row, principal: one, finding: accessFinding(plan, one, item) });
    }
  }
  const byPlace = new Map([...all.values()].map((row) => [placeOf(row), row]));
  for (const row of later) {
    const same = byPlace.get(placeOf(row));
    if (same === undefined) {
      all.set(keyOf(row), row);
      byPlace.set(placeOf(row), row);
      continue;
    }
    same.reads = Math.max(same.reads, row.reads);
    same.decrypts = Math.max(same.decrypts, row.decrypts);
    if (row.first < same.first) same.first = row.first;
    if (row.last > same.last) same.last = row.last;
  }
  return [...all.values()];
}

/** The owner's record names no endpoint. */
function placeOf(row: Row): string {
  return `${whoOf(row)}|${row.from}`;
}

/** A value that is read by name is decrypted too: that tells nothing more. */
function withoutEchoes(rows: readonly Row[]): readonly Row[] {
  const read = new Set(rows.filter(({ reads }) => reads > 0).map(whoOf));
  return rows.filter(
    (row) => row.reads > 0 || row.denied > 0 || row.from !== "" || row.several || !read.has(whoOf(row)),
  );
}

function whoOf({ item, principal }: Row): string {
  return `${idOf(item)}|${principal.name}`;
}

function keyOf(row: Row): string {
  const { principal, from, endpoint, several, finding } = row;
  return [whoOf(row), ownersId(principal), principal.session, from, endpoint, several, finding].join("|");
}

/** Callers of one account are told apart by their role's id. */
function ownersId({ kind, roleId }: Principal): string {
  return kind === "account" ? (roleId ?? "") : "";
}

/** Sessions of consumers and services are made up by AWS, a new one for each task or instance. */
function isConsumers(name: string): boolean {
  return name.includes(":role/services/");
}

function isService(from: string): boolean {
  return from.endsWith(".amazonaws.com") || from === "AWS Internal";
}

/** Equal for the same item only. */
export function idOf(item: ReadableItem | undefined): string {
  return item === undefined ? "" : `${item.service}/${item.environment}/${item.item}`;
}
