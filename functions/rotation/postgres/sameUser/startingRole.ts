import type { Observed, UserPair } from "./observed";
import type { SettingChange } from "./settings";

/** A setting's place: of a role or of all, in a database or in all. */
type Place = readonly [role: string | undefined, database: string | undefined];

/**
 * As whom sessions begin. The clone's begin as the original, or as whom the original's begin: what either user makes
 * then belongs to one role, and default privileges, row policies and `"$user"` mean one role. RESET ROLE and DISCARD
 * ALL go back to it, only SET ROLE NONE to the clone itself.
 * https://www.postgresql.org/docs/current/sql-set-role.html, https://www.postgresql.org/docs/current/sql-alterrole.html
 */
export interface StartingRole {
  /** Role that the original's sessions, and so the clone's too, are to begin as. */
  readonly in: (database: string | undefined) => string;
  readonly changes: readonly SettingChange[];
}

export function startingRole(
  observed: Observed,
  { original, clone }: UserPair,
  isCloneInUse: boolean,
): StartingRole {
  const kept = roleSettings(observed);
  const databases = [...new Set(kept.map(({ database }) => database))];
  const values = byPlace(kept);
  const mayBecome = new Set(observed.mayBecome);
  const valueAt = (place: Place) => values.get(keyOf(place));

  // A role that was given to the clone alone, and that the service works as now.
  const carried = kept.flatMap(({ role, database, value }) =>
    isCloneInUse &&
    role === clone &&
    ![original, clone, "none"].includes(value) &&
    mayBecome.has(value) &&
    valueAt([original, database]) === undefined
      ? [{ role: original, database, name: "role", value }]
      : [],
  );

  const carriedValues = byPlace(carried);

  /** The first that the original may take: a setting it may not take is passed over at login. */
  const startIn = (database: string | undefined) => {
    const places: Place[] = [
      [original, database],
      [original, undefined],
      [undefined, database],
      [undefined, undefined],
    ];
    const value = places
      .map((place) => valueAt(place) ?? carriedValues.get(keyOf(place)))
      .find((name) => name !== undefined && isAllowed(name));
    return value === undefined || value === "none" ? original : value;
  };
  const isAllowed = (name: string) => [original, "none"].includes(name) || mayBecome.has(name);

  const ofClone = [undefined, ...databases.filter((database) => database !== undefined)].flatMap(
    (database) => {
      const start = startIn(database);
      const value = database === undefined || start !== startIn(undefined) ? start : undefined;
      return valueAt([clone, database]) === value ? [] : [{ role: clone, database, name: "role", value }];
    },
  );
  return { in: startIn, changes: [...carried, ...ofClone] };
}

/** Whether the clone's sessions begin as itself, so that it is its own grants and objects that count. */
export function startsAsItself(observed: Observed, { original, clone }: UserPair, database: string): boolean {
  const own = roleSettings(observed).filter(({ role }) => role === clone);
  const value = (
    own.find((setting) => setting.database === database) ??
    own.find((setting) => setting.database === undefined)
  )?.value;
  return value === undefined || ["none", clone].includes(value) || (value === original && !observed.becomes);
}

interface RoleSetting {
  readonly role: string | undefined;
  readonly database: string | undefined;
  readonly value: string | undefined;
}

/** Values by place: a server may have any number of databases with settings. */
function byPlace(settings: readonly RoleSetting[]): ReadonlyMap<string, string | undefined> {
  return new Map(settings.map(({ role, database, value }) => [keyOf([role, database]), value]));
}

function keyOf([role, database]: Place): string {
  return JSON.stringify([role ?? null, database ?? null]);
}

function roleSettings({ settings }: Observed) {
  return settings
    .filter(({ entry }) => entry.startsWith("role="))
    .map(({ role, database, entry }) => ({
      role: role ?? undefined,
      database: database ?? undefined,
      value: entry.slice("role=".length),
    }));
}
