import { DatabaseError, escapeIdentifier, type Client } from "pg";
import { printable } from "../../../../model/printable";
import { RotationError } from "../../errors";
import { unblocked } from "../blocked";
import type { Credentials } from "../credentials";
import { isRefused, withConnection } from "../login";
import type { Tls } from "../tls";
import { inTransaction } from "../transaction";
import { equalAt } from "./marker";
import { membershipDifferences } from "./memberships";
import { observe } from "./observe";
import { roleNamed, type Observed, type UserPair } from "./observed";
import { startsAsItself } from "./startingRole";

/** Keeps what the service asks for meanwhile from waiting longer, behind a lock that waits for another. */
const lockTimeout = "SET LOCAL lock_timeout = '4s'";

/** Milliseconds after which no further database is begun: a step has to end within `rotationTimeoutSeconds`. */
const longest = 15_000;

export interface Administrator {
  readonly login: Credentials;
  readonly tls: Tls;
  readonly note: (message: string) => void;
}

/**
 * Gives the original what the clone owns: the clone's sessions work as the original, and could use it as little as
 * the original's. Such things are from rotations that did not make both users one, or from sessions that have said
 * SET ROLE NONE. REASSIGN OWNED sees one database at a time.
 * https://www.postgresql.org/docs/current/sql-reassign-owned.html
 * @throws RotationError where that cannot be done and the service may depend on it
 */
export async function handOver(observed: Observed, pair: UserPair, admin: Administrator): Promise<void> {
  const until = Date.now() + longest;
  for (const { database, hasLoginTrigger } of observed.owns) {
    const obstacle = hasLoginTrigger
      ? "a trigger on logins there would run as the administrator"
      : Date.now() > until
        ? `those of other databases took ${longest / 1000} seconds`
        : undefined;
    const failure =
      obstacle === undefined
        ? await handOverIn(database, pair, admin)
        : notHandedOver(database, pair, lacksRight(pair, obstacle));
    if (failure === undefined) continue;
    // What the clone has made on its own since then is not the service's; a leaked login must not stop us by it.
    if (!wereOne(observed, pair)) throw failure;
    admin.note(failure.message);
  }
}

/** Whether a rotation has made them one before: it says so in the clone's comment, unless that is somebody else's. */
function wereOne(observed: Observed, pair: UserPair): boolean {
  const comment = roleNamed(observed, pair.clone)?.comment ?? null;
  return equalAt(comment) !== undefined || !startsAsItself(observed, pair, observed.database);
}

async function handOverIn(
  database: string,
  pair: UserPair,
  { login, tls, note }: Administrator,
): Promise<RotationError | undefined> {
  const there = { ...login, dbname: database };
  const reassign = async (client: Client) => {
    const { pid, statements } = await reassignment(client, pair);
    await unblocked(client.query(statements.join(";")), {
      pid,
      // Whoever works with these objects now is not to be cut off by a rotation.
      users: [],
      what: "they are in use",
      connect: (use) => withConnection(there, tls, use),
      note,
    });
  };
  try {
    const result = await withConnection(there, tls, (client) =>
      inTransaction(client, () => reassign(client)).catch((error: unknown) => {
        throw error instanceof DatabaseError ? lacksRight(pair, printable(error.message)) : error;
      }),
    );
    return isRefused(result) ? notHandedOver(database, pair, lacksRight(pair, result.refused)) : undefined;
  } catch (error) {
    if (error instanceof RotationError) return notHandedOver(database, pair, error);
    throw error;
  }
}

/** With the rights of both roles, taken for the moment where the administrator has only the right to give them. */
async function reassignment(client: Client, pair: UserPair) {
  const [trigger] = await foreignTriggers(client);
  if (trigger !== undefined) {
    throw lacksRight(pair, `the event trigger ${trigger} there would run as the administrator`);
  }
  const observed = await observe(client, pair);
  const rights = [];
  for (const role of [pair.clone, pair.original]) rights.push(await momentaryRights(client, observed, role));
  const [clone, original] = [escapeIdentifier(pair.clone), escapeIdentifier(pair.original)];
  return {
    pid: observed.pid,
    statements: [
      lockTimeout,
      // What the clone owned it goes on using as a member.
      ...membershipDifferences(observed, pair).flatMap(({ sql }) => sql),
      ...rights.flatMap(({ take }) => take),
      `REASSIGN OWNED BY ${clone} TO ${original}`,
      ...rights.flatMap(({ giveBack }) => giveBack),
    ],
  };
}

/** Event triggers whose function somebody may rewrite who is neither a superuser nor the administrator. */
async function foreignTriggers(client: Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT event.evtname AS "name"
       FROM pg_catalog.pg_event_trigger AS event
       JOIN pg_catalog.pg_proc AS called ON called.oid OPERATOR(pg_catalog.=) event.evtfoid
       JOIN pg_catalog.pg_roles AS owner ON owner.oid OPERATOR(pg_catalog.=) called.proowner
      WHERE event.evtenabled OPERATOR(pg_catalog.<>) 'D'::pg_catalog."char"
        AND NOT owner.rolsuper AND owner.rolname OPERATOR(pg_catalog.<>) SESSION_USER`,
  );
  return rows.map(({ name }) => name);
}

interface Held {
  readonly isEnough: boolean;
  /** Options of the membership that the administrator gave itself before; undefined: none. */
  readonly own: { readonly inherit_option?: boolean; readonly set_option?: boolean } | null;
}

async function momentaryRights(client: Client, { version, sessionUser }: Observed, role: string) {
  const [group, member] = [escapeIdentifier(role), escapeIdentifier(sessionUser)];
  const hasOptions = version >= 160000;
  const { rows } = await client.query<Held>(
    `SELECT pg_catalog.pg_has_role(role.oid, 'USAGE'::pg_catalog.text)
              AND pg_catalog.pg_has_role(
                    role.oid,
                    CASE WHEN pg_catalog.current_setting('server_version_num'::pg_catalog.text)::pg_catalog.int4
                              OPERATOR(pg_catalog.>=) 160000::pg_catalog.int4
                         THEN 'SET'::pg_catalog.text ELSE 'MEMBER'::pg_catalog.text END) AS "isEnough",
            (SELECT pg_catalog.to_json(membership)
               FROM pg_catalog.pg_auth_members AS membership, pg_catalog.pg_roles AS self
              WHERE membership.roleid OPERATOR(pg_catalog.=) role.oid
                AND self.rolname OPERATOR(pg_catalog.=) SESSION_USER
                AND membership.member OPERATOR(pg_catalog.=) self.oid
                AND membership.grantor OPERATOR(pg_catalog.=) self.oid) AS "own"
       FROM pg_catalog.pg_roles AS role
      WHERE role.rolname OPERATOR(pg_catalog.=) $1::pg_catalog.name`,
    [role],
  );
  const [held] = rows;
  if (held === undefined || held.isEnough) return { take: [], giveBack: [] };
  if (!hasOptions) {
    return { take: [`GRANT ${group} TO ${member}`], giveBack: [`REVOKE ${group} FROM ${member}`] };
  }
  const { own } = held;
  return {
    take: [`GRANT ${group} TO ${member} WITH INHERIT TRUE, SET TRUE`],
    giveBack: [
      own === null
        ? `REVOKE ${group} FROM ${member} GRANTED BY ${member}`
        : `GRANT ${group} TO ${member} WITH INHERIT ${own.inherit_option === true}, SET ${own.set_option === true}`,
    ],
  };
}

function lacksRight({ original, clone }: UserPair, reason: string): RotationError {
  return new RotationError(
    reason,
    `run there as a superuser, or as a member of both: REASSIGN OWNED BY ${escapeIdentifier(clone)} TO ` +
      `${escapeIdentifier(original)}; then rotate again (npx platform rotate)`,
  );
}

function notHandedOver(database: string, { original, clone }: UserPair, why: RotationError): RotationError {
  return new RotationError(
    `${clone} owns objects in the database ${database}, which could not be handed over to ${original}: ${why.reason}`,
    why.remedy,
  );
}
