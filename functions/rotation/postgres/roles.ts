import { DatabaseError, escapeIdentifier, escapeLiteral, type Client } from "pg";
import { RotationError } from "../errors";
import { unblocked } from "./blocked";
import { untilFree } from "./conflicts";
import type { Credentials } from "./credentials";
import { missingRight, SessionEnded } from "./databaseProblems";
import { withConnection, type Refused } from "./login";
import { scramVerifier } from "./scram";
import type { Tls } from "./tls";
import { inTransaction } from "./transaction";

/** Connections that are tried while others end them. */
const attempts = 3;

export interface PasswordChange {
  /** Whoever changes the password. */
  readonly login: Credentials;
  readonly tls: Tls;
  readonly wanted: Credentials;
  /** Role whose grants a new role inherits by membership; absent: the role has to exist. */
  readonly original?: string;
  stillWanted(): Promise<boolean>;
  note(message: string): void;
}

/**
 * Gives a role its password in one transaction: all of it happens or nothing, wherever the function dies.
 *
 * The change itself is the lock: from the first statement to the end of the transaction no other session can change
 * the role. So two invocations take turns, and one that comes too late finds its change no longer wanted and undoes
 * it. A lock beside it, with a key that others can know, could be taken by whoever is to be locked out.
 */
export async function changePassword(change: PasswordChange): Promise<void | Refused> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await withConnection(change.login, change.tls, (client) =>
        untilFree(() => inTransaction(client, () => changeOnce(client, change))),
      );
    } catch (error) {
      // Another invocation that waited too long for this one may have ended it.
      if (!(error instanceof SessionEnded) || attempt === attempts) throw error;
    }
  }
}

async function changeOnce(client: Client, change: PasswordChange): Promise<void> {
  const found = await standing(client, change);
  await apply(client, statements(change, found), found.pid, change);
  if (await change.stillWanted()) return;
  throw new RotationError(
    "this version is no longer the one to be set",
    "nothing was changed; a later rotation has taken its place",
  );
}

async function apply(
  client: Client,
  statements: readonly string[],
  pid: number,
  change: PasswordChange,
): Promise<void> {
  const { login, tls, wanted } = change;
  try {
    await unblocked(client.query(statements.join(";")), {
      pid,
      users: usersOf(change),
      connect: (use) => withConnection(login, tls, use),
      note: (message) => change.note(message),
    });
  } catch (error) {
    const isRefused = error instanceof DatabaseError && error.code === "42501";
    throw isRefused ? missingRight(error, login, wanted.username) : error;
  }
}

/** The secret's users: what they hold open is theirs, and ended if it stands in the way. */
function usersOf({ wanted, original }: PasswordChange): string[] {
  return [wanted.username, ...(original === undefined ? [] : [original])];
}

interface Standing {
  /** Process of this session in the server. */
  readonly pid: number;
  readonly exists: boolean;
  readonly originalExists: boolean;
  readonly inherits: boolean;
}

async function standing(client: Client, { wanted, original }: PasswordChange): Promise<Standing> {
  const { rows } = await client.query<Standing>(
    `SELECT wanted.oid IS NOT NULL AS "exists", original.oid IS NOT NULL AS "originalExists",
            coalesce(pg_catalog.pg_has_role(wanted.oid, original.oid, 'USAGE'::pg_catalog.text), false) AS "inherits",
            pg_catalog.pg_backend_pid() AS pid
       FROM (SELECT $1::pg_catalog.name AS wanted, $2::pg_catalog.name AS original) AS names
       LEFT JOIN pg_catalog.pg_roles AS wanted ON wanted.rolname OPERATOR(pg_catalog.=) names.wanted
       LEFT JOIN pg_catalog.pg_roles AS original ON original.rolname OPERATOR(pg_catalog.=) names.original`,
    [wanted.username, original ?? wanted.username],
  );
  return rows[0] ?? { pid: 0, exists: false, originalExists: false, inherits: false };
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
