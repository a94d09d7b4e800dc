import { escapeIdentifier, escapeLiteral, type Client } from "pg";
import { RotationError } from "../errors";
import type { Credentials } from "./credentials";
import { scramVerifier } from "./scram";

/** Frees the lock of a function that vanished without closing its connection, and keeps a waiting one from hanging. */
const limits = `
  SET LOCAL lock_timeout = '6s';
  SET LOCAL statement_timeout = '7s';
  SET LOCAL idle_in_transaction_session_timeout = '15s'`;

export interface PasswordChange {
  /** Serialises the changes of one secret. */
  readonly secretArn: string;
  readonly wanted: Credentials;
  /** Role whose grants a new role inherits by membership; absent: the role has to exist. */
  readonly original?: string;
  stillWanted(): Promise<boolean>;
}

/**
 * Gives a role its password in one transaction: all of it happens or nothing, wherever the function dies. Two
 * invocations take turns, and one that comes too late finds its change no longer wanted.
 */
export async function changePassword(client: Client, change: PasswordChange): Promise<void> {
  await client.query(`BEGIN;${limits}`);
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [change.secretArn]);
  const grants = await standing(client, change);
  if (!(await change.stillWanted())) {
    await client.query("ROLLBACK");
    throw new RotationError(
      "this version is no longer the one to be set",
      "nothing was changed; a later rotation has taken its place",
    );
  }
  await client.query(statements(change, grants).join(";"));
  await client.query("COMMIT");
}

interface Standing {
  readonly exists: boolean;
  readonly originalExists: boolean;
  readonly inherits: boolean;
}

async function standing(client: Client, { wanted, original }: PasswordChange): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `SELECT wanted.oid IS NOT NULL AS "exists", original.oid IS NOT NULL AS "originalExists",
            coalesce(pg_has_role(wanted.oid, original.oid, 'USAGE'), false) AS "inherits"
       FROM (SELECT $1::text AS wanted, $2::text AS original) AS names
       LEFT JOIN pg_roles AS wanted ON wanted.rolname = names.wanted
       LEFT JOIN pg_roles AS original ON original.rolname = names.original`,
    [wanted.username, original ?? wanted.username],
  );
  return rows[0] ?? { exists: false, originalExists: false, inherits: false };
}

/** Neither statement takes parameters, so names and verifier are quoted by the client library. */
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
