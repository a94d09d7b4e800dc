import { DatabaseError, escapeIdentifier, escapeLiteral, type Client } from "pg";
import { RotationError } from "../errors";
import { printable } from "../../../model/printable";
import { inTransaction } from "./transaction";

/** What keeps another session from a role: a session, or a transaction that was prepared and left. */
export interface Holder {
  /** Process of the session; undefined for a prepared transaction. */
  readonly pid: number | undefined;
  /** Name of the prepared transaction. */
  readonly gid: string | undefined;
  /** Where it was prepared, and can be ended; undefined for a session. */
  readonly database: string | undefined;
  readonly user: string;
  /** In words: `session 4711 of orders from 10.0.0.5, in a transaction since 2026-01-31 12:00:00 UTC`. */
  readonly description: string;
}

interface Row {
  readonly pid: number | null;
  readonly gid: string | null;
  readonly database: string | null;
  readonly user: string | null;
  readonly address: string | null;
  readonly since: string | null;
}

/**
 * Whatever the given session waits for, also over sessions that wait themselves: those queue before it. Address and time of another
 * user's session are told to its own members, to superusers and to members of `pg_read_all_stats` only.
 * https://www.postgresql.org/docs/current/functions-info.html, https://www.postgresql.org/docs/current/view-pg-locks.html
 */
const holdersOf = `
  WITH RECURSIVE waiting (pid) AS (
    SELECT $1::pg_catalog.int4
    UNION
    SELECT blocking.pid
      FROM waiting
     CROSS JOIN LATERAL pg_catalog.unnest(pg_catalog.pg_blocking_pids(waiting.pid)) AS blocking (pid)
  )
  SELECT activity.pid, NULL::pg_catalog.text AS gid, NULL::pg_catalog.name AS database,
         activity.usename AS "user",
         pg_catalog.host(activity.client_addr) AS address,
         pg_catalog.to_char(
           pg_catalog.timezone('UTC'::pg_catalog.text, activity.xact_start),
           'YYYY-MM-DD HH24:MI:SS "UTC"'::pg_catalog.text
         ) AS since
    FROM waiting
    JOIN pg_catalog.pg_stat_activity AS activity ON activity.pid OPERATOR(pg_catalog.=) waiting.pid
   WHERE waiting.pid OPERATOR(pg_catalog.<>) $1::pg_catalog.int4
  UNION ALL
  SELECT NULL::pg_catalog.int4, prepared.gid, prepared.database, prepared.owner, NULL::pg_catalog.text,
         pg_catalog.to_char(
           pg_catalog.timezone('UTC'::pg_catalog.text, prepared.prepared),
           'YYYY-MM-DD HH24:MI:SS "UTC"'::pg_catalog.text
         )
    FROM waiting
    JOIN pg_catalog.pg_locks AS locks ON locks.pid OPERATOR(pg_catalog.=) waiting.pid AND NOT locks.granted
    JOIN pg_catalog.pg_prepared_xacts AS prepared
      ON prepared.transaction OPERATOR(pg_catalog.=) locks.transactionid`;

export async function findHolders(client: Client, waitingPid: number): Promise<readonly Holder[]> {
  const { rows } = await inTransaction(client, () => client.query<Row>(holdersOf, [waitingPid]));
  return rows.map(({ pid, gid, database, user, address, since }) => {
    const owner = printable(user ?? "?", 63);
    const what =
      pid === null
        ? `prepared transaction ${printable(gid ?? "?", 200)} of ${owner} in database ${printable(database ?? "?", 63)}`
        : `session ${pid} of ${owner}`;
    const where = address === null ? "" : ` from ${address}`;
    const when = since === null ? "" : `, in a transaction since ${since}`;
    return {
      pid: pid ?? undefined,
      gid: gid ?? undefined,
      database: database ?? undefined,
      user: user ?? "",
      description: `${what}${where}${when}`,
    };
  });
}

/** Runs `use` on another connection of the same login, in the given database or, without one, in the login's own. */
export type Connect = (use: (client: Client) => Promise<void>, database?: string) => Promise<unknown>;

/** Ends a holder; false where the login may not. */
export async function endHolder(client: Client, holder: Holder, connect: Connect): Promise<boolean> {
  const { pid, user } = holder;
  if (pid === undefined) return endPrepared(client, holder, connect);
  for (const right of momentaryRights(user)) {
    if (await endSession(client, pid, user, right)) return true;
  }
  return false;
}

/**
 * Whoever may give a role to others may take it for the moment: with CREATEROLE the right to end any session, up to
 * PostgreSQL 15; with ADMIN OPTION the user's own rights, from 16 on.
 * https://www.postgresql.org/docs/current/functions-admin.html#FUNCTIONS-ADMIN-SIGNAL
 */
function momentaryRights(user: string): (string | undefined)[] {
  return [
    undefined,
    "GRANT pg_signal_backend TO CURRENT_USER",
    `GRANT ${escapeIdentifier(user)} TO CURRENT_USER WITH INHERIT TRUE`,
  ];
}

/** By user as well as by process, whose number may be another session's by now. The right taken is undone. */
async function endSession(client: Client, pid: number, user: string, right?: string): Promise<boolean> {
  const terminate = `
    SELECT pg_catalog.pg_terminate_backend(activity.pid)
      FROM pg_catalog.pg_stat_activity AS activity
     WHERE activity.pid OPERATOR(pg_catalog.=) $1::pg_catalog.int4
       AND activity.usename OPERATOR(pg_catalog.=) $2::pg_catalog.name`;
  return succeeds(() =>
    inTransaction(
      client,
      async () => {
        if (right !== undefined) await client.query(right);
        await client.query(terminate, [pid, user]);
      },
      "ROLLBACK",
    ),
  );
}

/**
 * Only in the database it was prepared in, by the user that prepared it or a superuser; not inside a transaction. Nobody
 * but that user logs in to a database of whoever prepared it.
 * https://www.postgresql.org/docs/current/sql-rollback-prepared.html
 */
async function endPrepared(
  client: Client,
  { gid = "", database, user }: Holder,
  connect: Connect,
): Promise<boolean> {
  const statement = `ROLLBACK PREPARED ${escapeLiteral(gid)}`;
  if (await succeeds(() => client.query(statement))) return true;
  if (client.user !== user || client.database === database || database === undefined) return false;
  let ended = false;
  const isLoggedIn = await succeeds(() =>
    connect(async (there) => {
      ended = await succeeds(() => there.query(statement));
    }, database),
  );
  return isLoggedIn && ended;
}

/** Not when the server refuses, for want of a right or of a way in. */
async function succeeds(attempt: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt();
    return true;
  } catch (error) {
    if (error instanceof DatabaseError || error instanceof RotationError) return false;
    throw error;
  }
}
