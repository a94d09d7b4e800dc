import { escapeIdentifier, escapeLiteral } from "pg";
import type { Difference } from "./difference";
import { roleNamed, type Observed, type ObservedRole, type UserPair } from "./observed";

type Flag = "superuser" | "createdb" | "createrole" | "replication" | "bypassrls";

/**
 * Those that count for the role a session works as come with the original, whom the clone's sessions begin as; the
 * clone is given them all the same where the administrator may. REPLICATION counts for the user that logs in.
 * https://www.postgresql.org/docs/current/role-attributes.html
 */
const flags: Readonly<Record<Flag, { readonly keyword: string; readonly isOfLogin: boolean }>> = {
  superuser: { keyword: "SUPERUSER", isOfLogin: false },
  createdb: { keyword: "CREATEDB", isOfLogin: false },
  createrole: { keyword: "CREATEROLE", isOfLogin: false },
  replication: { keyword: "REPLICATION", isOfLogin: true },
  bypassrls: { keyword: "BYPASSRLS", isOfLogin: false },
};

const flagNames = Object.keys(flags) as Flag[];

/** What CREATE ROLE … LOGIN makes. */
export function newRole(name: string): ObservedRole {
  return {
    name,
    superuser: false,
    createdb: false,
    createrole: false,
    replication: false,
    bypassrls: false,
    inherit: true,
    login: true,
    connectionLimit: -1,
    validUntil: "infinity",
    expired: false,
    comment: null,
  };
}

/** What makes the clone's attributes the original's. */
export function attributeDifferences(
  observed: Observed,
  { original, clone }: { readonly original: ObservedRole; readonly clone: ObservedRole },
  isAdministrator: boolean,
): Difference[] {
  const administrator = isAdministrator ? roleNamed(observed, observed.sessionUser) : undefined;
  const alter = (says: string, option: string): Difference => ({
    says: `${clone.name} ${says}`,
    sql: [`ALTER ROLE ${escapeIdentifier(clone.name)} ${option}`],
  });
  return [
    ...flagNames.flatMap((flag) => {
      const { keyword, isOfLogin } = flags[flag];
      if (clone[flag] && !original[flag]) {
        return [alter(`has ${keyword}, which ${original.name} does not`, `NO${keyword}`)];
      }
      const isMissing = original[flag] && !clone[flag];
      const isGiven = isOfLogin || mayGive(administrator, flag, observed.version);
      return isMissing && isGiven ? [alter(`lacks ${keyword}`, keyword)] : [];
    }),
    ...(clone.login ? [] : [alter("may not log in", "LOGIN")]),
    ...(clone.connectionLimit === original.connectionLimit
      ? []
      : [alter("has another CONNECTION LIMIT", `CONNECTION LIMIT ${original.connectionLimit}`)]),
    ...(clone.validUntil === original.validUntil
      ? []
      : [alter("has another VALID UNTIL", `VALID UNTIL ${escapeLiteral(original.validUntil)}`)]),
  ];
}

/** https://www.postgresql.org/docs/16/sql-alterrole.html and the same page of earlier versions */
function mayGive(administrator: ObservedRole | undefined, flag: Flag, version: number): boolean {
  if (administrator === undefined) return false;
  if (administrator.superuser) return true;
  if (flag === "superuser") return false;
  return version >= 160000 ? administrator[flag] : flag === "createdb" || flag === "createrole";
}

/** What the clone, in use, would take from the service with it. */
export function attributesLost({
  original,
  clone,
}: {
  original: ObservedRole;
  clone: ObservedRole;
}): Difference[] {
  return flagNames
    .filter((flag) => clone[flag] && !original[flag])
    .map((flag) => {
      const { keyword } = flags[flag];
      return {
        says: `${clone.name}, in use now, has ${keyword}, which ${original.name} does not`,
        sql: [
          `ALTER ROLE ${escapeIdentifier(original.name)} ${keyword}, ` +
            `or ALTER ROLE ${escapeIdentifier(clone.name)} NO${keyword}`,
        ],
      };
    });
}

/** Why the original, though its password is right, would not be let in. */
export function lockedOut({ name, login, expired, connectionLimit }: ObservedRole): Difference[] {
  const alter = (says: string, option: string): Difference => ({
    says: `${name} ${says}`,
    sql: [`ALTER ROLE ${escapeIdentifier(name)} ${option}`],
  });
  return [
    ...(login ? [] : [alter("may not log in", "LOGIN")]),
    ...(expired ? [alter("is valid no longer", "VALID UNTIL 'infinity'")] : []),
    ...(connectionLimit === 0 ? [alter("may have no connection", "CONNECTION LIMIT -1")] : []),
  ];
}

/** Both as they are, the clone as it would be made where it does not exist; undefined without an original. */
export function bothRoles(
  observed: Observed,
  { original, clone }: UserPair,
): { readonly original: ObservedRole; readonly clone: ObservedRole } | undefined {
  const found = roleNamed(observed, original);
  return found === undefined
    ? undefined
    : { original: found, clone: roleNamed(observed, clone) ?? newRole(clone) };
}
