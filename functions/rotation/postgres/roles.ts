import { escapeIdentifier, escapeLiteral, type Client } from "pg";
import { RotationError } from "../errors";
import type { Credentials } from "./credentials";
import { untilFree } from "./conflicts";
import { scramVerifier } from "./scram";
import { inTransaction } from "./transaction";

export interface PasswordChange {
  readonly wanted: Credentials;
  /** Role whose grants a new role inherits by membership; absent: the role has to exist. */
  readonly original?: string;
  stillWanted(): Promise<boolean>;
}

/**
 * Gives a role its password in one transaction: all of it happens or nothing, wherever the function dies.
 *
 * The change itself is the lock: from the first statement to the end of the transaction no other session can change
 * the role. So two invocations take turns, and one that comes too late finds its change no longer wanted and undoes
 * it. A lock beside it, with a key that others can know, could be taken by whoever is to be locked out.
 */
export async function changePassword(client: Client, change: PasswordChange): Promise<void> {
  await untilFree(() =>
    inTransaction(client, async () => {
      await client.query(statements(change, await standing(client, change)).join(";"));
      if (await change.stillWanted()) return;
      throw new RotationError(
        "this version is no longer the one to be set",
        "nothing was changed; a later rotation has taken its place",
      );
    }),
  );
}

interface Standing {
  readonly exists: boolean;
  readonly originalExists: boolean;
  readonly inherits: boolean;
}

async function standing(client: Client, { wanted, original }: PasswordChange): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `SELECT wanted.oid IS NOT NULL AS "exists", original.oid IS NOT NULL AS "originalExists",
            coalesce(pg_catalog.pg_has_role(wanted.oid, original.oid, 'USAGE'::pg_catalog.text), false) AS "inherits"
       FROM (SELECT $1::pg_catalog.name AS wanted, $2::pg_catalog.name AS original) AS names
       LEFT JOIN pg_catalog.pg_roles AS wanted ON wanted.rolname OPERATOR(pg_catalog.=) names.wanted
       LEFT JOIN pg_catalog.pg_roles AS original ON original.rolname OPERATOR(pg_catalog.=) names.original`,
    [wanted.username, original ?? wanted.username],
  );
  return rows[0] ?? { exists: false, originalExists: false, inherits: false };
}

/** The first changes the role, which locks it. Neither takes parameters: the client library quotes names and verifier. */
function statements(
  { wanted, original }: PasswordChange,
  { exists, originalExists, inherits }: Standing,
): string[] {
  const role = escapeIdentifier(wanted.username);
  const password = escapeLiteral(scramVerifier(wanted.password));
  if (!originalExists) throw missingRole(original ?? wanted.username);
  const grant = original === undefined || inherits ? [] : [`GRANT ${escapeIdentifier(original)} TO ${role}`];
  return exists
    ? [`ALTER ROLE ${role} PASSWORD ${password}`, ...grant]
    : [`CREATE ROLE ${role} LOGIN PASSWORD ${password}`, ...grant];
}

function missingRole(name: string): RotationError {
  return new RotationError(
    `the role ${name} does not exist in the database, and its grants are gone with it`,
    "create it with its grants, then rotate again (platform rotate)",
  );
}
