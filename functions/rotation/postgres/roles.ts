import { DatabaseError, escapeIdentifier, escapeLiteral, type Client } from "pg";
import { RotationError } from "../errors";
import { unblocked } from "./blocked";
import { untilFree } from "./conflicts";
import type { Credentials } from "./credentials";
import { missingRight, SessionEnded } from "./databaseProblems";
import { withConnection, type Refused } from "./login";
import { scramVerifier } from "./scram";
import { observe } from "./sameUser/observe";
import { roleNamed, type UserPair } from "./sameUser/observed";
import { planFor } from "./sameUser/plan";
import { explainRefused, refusal } from "./sameUser/refusal";
import type { Tls } from "./tls";
import { inTransaction } from "./transaction";

/** Connections that are tried while others end them. */
const attempts = 3;

export interface PasswordChange {
  /** Whoever changes the password. */
  readonly login: Credentials;
  readonly tls: Tls;
  readonly wanted: Credentials;
  /** Alternating users, to be made one; absent: the role has to exist. */
  readonly pair?: UserPair;
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
  const { wanted, pair, login } = change;
  const found =
    pair === undefined
      ? await standing(client, wanted.username)
      : await planSameUser(client, pair, wanted.username);
  await apply(
    client,
    {
      statements: [passwordStatement(wanted, found.exists)],
      pid: found.pid,
      explain: (error) => (error.code === "42501" ? missingRight(error, login, wanted.username) : undefined),
    },
    change,
  );
  if (found.equalise.length > 0) {
    await apply(
      client,
      { statements: found.equalise, pid: found.pid, explain: (error) => found.explain(error) },
      change,
    );
  }
  if (await change.stillWanted()) return;
  throw new RotationError(
    "this version is no longer the one to be set",
    "nothing was changed; a later rotation has taken its place",
  );
}

async function apply(
  client: Client,
  {
    statements,
    pid,
    explain,
  }: Pick<Standing, "pid" | "explain"> & { readonly statements: readonly string[] },
  change: PasswordChange,
): Promise<void> {
  const { login, tls } = change;
  try {
    await unblocked(client.query(statements.join(";")), {
      pid,
      users: usersOf(change),
      connect: (use, dbname = login.dbname) => withConnection({ ...login, dbname }, tls, use),
      note: (message) => change.note(message),
    });
  } catch (error) {
    throw (error instanceof DatabaseError ? explain(error) : undefined) ?? error;
  }
}

/** The secret's users: what they hold open is theirs, and ended if it stands in the way. */
function usersOf({ wanted, pair }: PasswordChange): string[] {
  return pair === undefined ? [wanted.username] : [pair.original, pair.clone];
}

/** What a role is found as, and what is to be done beside its password. */
interface Standing {
  /** Process of this session in the server. */
  readonly pid: number;
  readonly exists: boolean;
  /** Statements that make it the same user as another. */
  readonly equalise: readonly string[];
  explain(error: DatabaseError): RotationError | undefined;
}

/** @throws RotationError when the role does not exist */
async function standing(client: Client, name: string): Promise<Standing> {
  const { rows } = await client.query<{ pid: number; exists: boolean }>(
    `SELECT pg_catalog.pg_backend_pid() AS "pid",
            EXISTS (SELECT FROM pg_catalog.pg_roles AS role
                     WHERE role.rolname OPERATOR(pg_catalog.=) $1::pg_catalog.name) AS "exists"`,
    [name],
  );
  const [{ pid, exists } = { pid: 0, exists: false }] = rows;
  if (!exists) throw missingRole(name);
  return { pid, exists, equalise: [], explain: () => undefined };
}

/** @throws RotationError when something keeps the two from being one user, or there is no original */
async function planSameUser(client: Client, pair: UserPair, wanted: string): Promise<Standing> {
  const observed = await observe(client, pair);
  const plan = planFor(observed, pair, { wanted, isAdministrator: true });
  if (plan === undefined) throw missingRole(pair.original);
  if (plan.refusals.length > 0) throw refusal(pair, plan.refusals);
  return {
    pid: observed.pid,
    exists: roleNamed(observed, wanted) !== undefined,
    equalise: plan.statements,
    explain: (error) => explainRefused(error, observed, pair, plan),
  };
}

/** Locks the role. Takes no parameters: the client library quotes name and verifier. */
function passwordStatement({ username, password }: Credentials, exists: boolean): string {
  const role = escapeIdentifier(username);
  const verifier = escapeLiteral(scramVerifier(password));
  return exists
    ? `ALTER ROLE ${role} PASSWORD ${verifier}`
    : `CREATE ROLE ${role} LOGIN PASSWORD ${verifier}`;
}

function missingRole(name: string): RotationError {
  return new RotationError(
    `the role ${name} does not exist in the database, and its grants are gone with it`,
    "create it with its grants, then rotate again (npx platform rotate)",
  );
}
