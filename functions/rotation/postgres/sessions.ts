import { setTimeout as pause } from "node:timers/promises";
import { DatabaseError, type Client } from "pg";
import type { OpenSessions, SessionStep } from "../../../model/functions/rotation";
import { RotationError } from "../errors";
import { describeLogin, type Credentials } from "./credentials";
import { inTransaction } from "./transaction";

/**
 * Sessions of the user that is logged in, as itself: a user may end its own, while an administrator would need
 * pg_signal_backend or membership. Those of other databases of the server count too, and for replication; workers end
 * with the session they work for.
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL
 */
const ofThisUser = `
  FROM pg_catalog.pg_stat_activity AS activity
  WHERE activity.usename OPERATOR(pg_catalog.=) SESSION_USER
    AND activity.pid OPERATOR(pg_catalog.<>) pg_catalog.pg_backend_pid()
    AND activity.backend_type OPERATOR(pg_catalog.<>) 'parallel worker'::pg_catalog.text`;

const count = `SELECT pg_catalog.count(activity.pid)::pg_catalog.int4 AS "open"${ofThisUser}`;

const end = `SELECT activity.pid AS "pid", pg_catalog.pg_terminate_backend(activity.pid) AS "told"${ofThisUser}`;

/** Clients come back at once with the new password, so only those that were told to end are looked for. */
const stillOpen = `${count} AND activity.pid OPERATOR(pg_catalog.=) ANY ($1::pg_catalog.int4[])`;

/** Milliseconds until a session that was told to end has ended; one that is busy in the kernel may take longer. */
const endsWithin = 5_000;
const pauseBetweenLooks = 200;

/** Counts the sessions of the user that is logged in, or ends them and counts what of them is left. */
export async function sessionsOf(
  client: Client,
  login: Credentials,
  step: SessionStep,
): Promise<Omit<OpenSessions, "user">> {
  if (step === "countSessions") return { open: await counted(client, count) };
  const told = await tellToEnd(client, login);
  const until = Date.now() + endsWithin;
  let open = await counted(client, stillOpen, [told]);
  while (open > 0 && Date.now() < until) {
    await pause(pauseBetweenLooks);
    open = await counted(client, stillOpen, [told]);
  }
  return { ended: told.length - open, open };
}

async function counted(client: Client, statement: string, parameters: readonly unknown[] = []) {
  const [row] = await look<{ open: number }>(client, statement, parameters);
  return row?.open ?? 0;
}

/** Process ids of those that were told. */
async function tellToEnd(client: Client, login: Credentials): Promise<number[]> {
  try {
    const rows = await look<{ pid: number; told: boolean }>(client, end);
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
async function look<Row extends object>(
  client: Client,
  statement: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  return inTransaction(client, async () => (await client.query<Row>(statement, [...parameters])).rows);
}
