import { escapeIdentifier } from "pg";
import type { Difference } from "./difference";
import type { ObservedGrant, ObservedInDatabase, UserPair } from "./observed";

/** Kinds whose name in GRANT is another than in `pg_identify_object`. */
const grantable: Readonly<Record<string, string>> = {
  view: "table",
  "materialized view": "table",
  "foreign table": "table",
  aggregate: "function",
  "foreign-data wrapper": "foreign data wrapper",
  server: "foreign server",
};

/** Grants that the service loses when the original takes the clone's place. */
export function grantsLost({ grants }: ObservedInDatabase, { original, clone }: UserPair): Difference[] {
  return grants.map((grant) => ({
    says: `${clone} was granted ${describeGrant(grant)}, which ${original} was not`,
    sql: [`GRANT ${describeGrant(grant)} TO ${escapeIdentifier(original)}`],
  }));
}

/** `SELECT (id) ON TABLE public.orders`, ready for GRANT. */
function describeGrant({ privilege, type, identity, column }: ObservedGrant): string {
  const part = column === null ? "" : ` (${escapeIdentifier(column)})`;
  return `${privilege}${part} ON ${(grantable[type] ?? type).toUpperCase()} ${identity}`;
}

/** The two users' sessions work as one role, but who logged in is another. A policy that names the clone was written for both. */
export function policiesThatTellApart(
  { policies }: ObservedInDatabase,
  { original, clone }: UserPair,
): Difference[] {
  return policies.map(({ name, table }) => ({
    says: `policy ${name} on ${table} goes by who logged in (session_user), which is another for ${clone} than for ${original}`,
    sql: [`write current_user in its place (ALTER POLICY ${escapeIdentifier(name)} ON ${table})`],
  }));
}
