import { setTimeout as pause } from "node:timers/promises";
import { DatabaseError, type Client } from "pg";
import type { OpenSessions, SessionStep } from "../../../model/functions/rotation";
import { endingStatements } from "../../../model/functions/sessionStatements";
import { RotationError } from "../errors";
import { describeLogin, type Credentials } from "./credentials";
import type { NoConnectionLeft } from "./databaseProblems";
import { inTransaction } from "./transaction";

/**
 * Sessions of the user that is logged in, as itself: a user may end its own, while an administrator would need
 * pg_signal_backend or membership. Those of other databases of the server count too, and for replication; workers end
 * with the session they work for.
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL
 */
const openSessions = `
  SELECT activity.pid AS "pid"
    FROM pg_catalog.pg_stat_activity AS activity
   WHERE activity.usename OPERATOR(pg_catalog.=) SESSION_USER
     AND activity.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid()
     AND activity.backend_type OPERATOR(pg_catalog.<>) 'parallel worker'::pg_catalog.text`;

const endSessions = `
  SELECT activity.pid AS "pid", pg_catalog.pg_terminate_backend(activity.pid) AS "told"
    FROM pg_catalog.pg_stat_activity AS activity
   WHERE activity.usename OPERATOR(pg_catalog.=) SESSION_USER
     AND activity.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid()
     AND activity.backend_type OPERATOR(pg_catalog.<>) 'parallel worker'::pg_catalog.text`;

/** Milliseconds until a session that was told to end has ended; one that is busy in the kernel may take longer. */
const endsWithin = 5_000;
const pauseBetweenLooks = 200;

/** Counts the sessions of the user that is logged in, or ends them and counts what of them is left. */
export async function sessionsOf(
  client: Client,
  login: Credentials,
  step: SessionStep,
): Promise<Omit<OpenSessions, "user">> {
  if (step === "countSessions") return { open: (await look(client, openSessions)).length };
  const told = await tellToEnd(client, login);
  const until = Date.now() + endsWithin;
  let open = await stillOpen(client, told);
  while (open > 0 && Date.now() < until) {
    await pause(pauseBetweenLooks);
    open = await stillOpen(client, told);
  }
  return { ended: told.length - open, open };
}

/**
 * A session outlives the change of its user's password, and every user may change their own; the second of two
 * alternating users works as the first, and may change that one's too.
 * https://www.postgresql.org/docs/current/sql-alterrole.html
 * @returns a clause that ends in the statement
 */
export function mayHaveSetAgain(users: readonly string[]): string {
  return (
    `an open session of ${users.join(" or ")} may have set the password again: as an administrator of the database end ` +
    `all of theirs (${endingStatements("postgres", users).join(" ")})`
  );
}

/** The sessions that are to be ended can use up the very connections that their end needs. */
export function onlyByHand({ reason }: NoConnectionLeft, { username }: Credentials): RotationError {
  return new RotationError(
    reason,
    `as an administrator of the database end them (${endingStatements("postgres", [username]).join(" ")}), or raise the ` +
      "CONNECTION LIMIT that is used up by one (ALTER ROLE or ALTER DATABASE) and run the command again",
  );
}

/** Clients come back at once with the new password, so only those that were told to end are looked for. */
async function stillOpen(client: Client, told: readonly number[]): Promise<number> {
  const rows = await look(client, openSessions);
  return rows.filter(({ pid }) => told.includes(pid)).length;
}

/** Process ids of those that were told. */
async function tellToEnd(client: Client, login: Credentials): Promise<number[]> {
  try {
    const rows = await look<{ pid: number; told: boolean }>(client, endSessions);
    return rows.filter(({ told }) => told).map(({ pid }) => pid);
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.code !== "42501") throw error;
    throw new RotationError(
      `${describeLogin(login)} may not end its own sessions`,
      "let it (GRANT EXECUTE ON FUNCTION pg_catalog.pg_terminate_backend), or end them as an administrator",
    );
  }
}

/** One for each look: within a transaction PostgreSQL shows sessions as they were at the first. */
async function look<Row extends { readonly pid: number }>(client: Client, statement: string): Promise<Row[]> {
  return inTransaction(client, async () => (await client.query<Row>(statement)).rows);
}
