import { createHash } from "node:crypto";
import { escapeIdentifier, escapeLiteral } from "pg";
import type { Difference } from "./difference";
import type { Observed } from "./observed";
import { listOf, literalsOf } from "./listSettings";

/** Name to value, as the catalog keeps it. */
export type Settings = ReadonlyMap<string, string>;

/** By database; `undefined` stands for every database. */
export type SettingsByDatabase = ReadonlyMap<string | undefined, Settings>;

/**
 * Whose settings `startingRole.ts` compares, and those that mean nothing for a session that begins: of a transaction,
 * and a session user that nobody but a superuser can take on.
 */
const leftOut: ReadonlySet<string> = new Set([
  "role",
  "session_authorization",
  "transaction_isolation",
  "transaction_read_only",
  "transaction_deferrable",
]);

/** What ALTER ROLE … SET keeps of one role. */
export function settingsOf({ settings }: Observed, role: string): SettingsByDatabase {
  const byDatabase = new Map<string | undefined, Map<string, string>>();
  for (const { role: whose, database, entry } of settings) {
    const [name, value] = parse(entry);
    if (whose !== role || leftOut.has(name)) continue;
    const own = byDatabase.get(database ?? undefined) ?? new Map<string, string>();
    byDatabase.set(database ?? undefined, own.set(name, value));
  }
  return byDatabase;
}

function parse(entry: string): [name: string, value: string] {
  const end = entry.indexOf("=");
  return [entry.slice(0, end), entry.slice(end + 1)];
}

/** Which of two users' settings hold for both. */
export function merged(
  original: SettingsByDatabase,
  clone: SettingsByDatabase,
  { isCloneInUse, equalAt }: { readonly isCloneInUse: boolean; readonly equalAt: string | undefined },
): SettingsByDatabase {
  // The clone has changed since both were last made equal, and what it has now the service works with.
  const isCloneChanged = isCloneInUse && fingerprint(clone) !== equalAt;
  if (!isCloneChanged) return original;
  if (fingerprint(original) === equalAt) return clone;
  const databases = new Set([...clone.keys(), ...original.keys()]);
  return new Map(
    [...databases].map((database) => [
      database,
      new Map([...(clone.get(database) ?? []), ...(original.get(database) ?? [])]),
    ]),
  );
}

/** Equal for settings that are equal in effect. */
export function fingerprint(settings: SettingsByDatabase): string {
  const flat = [...settings].flatMap(([database, own]) =>
    [...own].map(([name, value]) => JSON.stringify([database ?? null, name, comparable(name, value)])),
  );
  return createHash("sha256").update(flat.sort().join("\n")).digest("hex").slice(0, 32);
}

export interface SettingChange {
  readonly role: string;
  readonly database: string | undefined;
  readonly name: string;
  /** Undefined: to be removed. */
  readonly value: string | undefined;
}

/** What makes one role's settings those that are wanted. */
export function settingChanges(
  role: string,
  from: SettingsByDatabase,
  to: SettingsByDatabase,
): SettingChange[] {
  const databases = [...new Set([...to.keys(), ...from.keys()])];
  return databases.flatMap((database) => {
    const [before, after] = [from.get(database), to.get(database)];
    const names = [...new Set([...(after?.keys() ?? []), ...(before?.keys() ?? [])])];
    return names
      .map((name) => ({ role, database, name, value: after?.get(name) }))
      .filter(({ name, value }) => !isEqual(name, before?.get(name), value));
  });
}

function isEqual(name: string, a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined ? a === b : comparable(name, a) === comparable(name, b);
}

function comparable(name: string, value: string): string {
  return JSON.stringify(listOf(name, value) ?? value);
}

/** Settings are data that the user itself may have written: each name and value is quoted. */
export function settingDifference(change: SettingChange): Difference {
  const { role, database, name, value } = change;
  const place = database === undefined ? "" : ` in database ${database}`;
  return {
    says: `the setting ${name} of ${role}${place} is another`,
    // Only who has an extension's library loaded may change its settings. This one is in every database.
    sql: [...(name.startsWith("plpgsql.") ? [loadPlpgsql] : []), statement(change, value)],
    // An application's own settings may hold anything, keys included.
    shown: [statement(change, value !== undefined && name.includes(".") ? "…" : value)],
  };
}

const loadPlpgsql = "DO LANGUAGE plpgsql 'BEGIN END'";

function statement({ role, database, name }: SettingChange, value: string | undefined): string {
  const place = database === undefined ? "" : ` IN DATABASE ${escapeIdentifier(database)}`;
  const [whose, setting] = [`${escapeIdentifier(role)}${place}`, escapeIdentifier(name)];
  return value === undefined
    ? `ALTER ROLE ${whose} RESET ${setting}`
    : `ALTER ROLE ${whose} SET ${setting} TO ${literalsOf(name, value).map(escapeLiteral).join(", ")}`;
}
