import { setTimeout as delay } from "node:timers/promises";
import { DatabaseError, escapeLiteral, type Client } from "pg";
import { printable } from "../../../model/printable";
import { RotationError, triedAgain } from "../errors";
import { type Connect, endHolder, findHolders, type Holder } from "./holders";

/** Milliseconds: longer than another invocation holds a role, so that what is ended is what stays. */
const patience = 2_000;
const betweenLooks = 200;

export interface Waiting {
  /** Process of the session that may have to wait. */
  readonly pid: number;
  /** Users whose sessions may be ended. */
  readonly users: readonly string[];
  /** For the error: `the role is being changed`. */
  readonly what?: string;
  readonly connect: Connect;
  /** Says in the log what was done. */
  note(message: string): void;
}

/**
 * Awaits a statement that changes a role. Sessions of `users` that keep it waiting are ended: a leaked login could
 * otherwise hold its own role in an open transaction, and with it the rotation that locks it out.
 * @throws RotationError naming the sessions that could not be ended
 */
export async function unblocked<T>(statement: Promise<T>, waiting: Waiting): Promise<T> {
  const settled = new AbortController();
  const watched = watch(waiting, settled.signal);
  try {
    return await statement;
  } catch (error) {
    settled.abort();
    const holders = await watched;
    throw isLockTimeout(error) && holders.length > 0 ? heldBy(holders, waiting) : error;
  } finally {
    settled.abort();
    await watched;
  }
}

/** Returns what was left holding at the last look; never rejects. */
async function watch(waiting: Waiting, settled: AbortSignal): Promise<readonly Holder[]> {
  let left: readonly Holder[] = [];
  try {
    await delay(patience, undefined, { signal: settled });
    await waiting.connect(async (client) => {
      while (!settled.aborted) {
        const found = await endOwn(client, waiting);
        // Once the statement has given up nothing is in its way any more.
        if (!settled.aborted) left = found;
        await delay(betweenLooks, undefined, { signal: settled });
      }
    });
  } catch {
    // The statement is done, or there is no second connection: then its own error is the one to tell.
  }
  return left;
}

/** Returns those that are left. */
async function endOwn(client: Client, waiting: Waiting): Promise<readonly Holder[]> {
  const left: Holder[] = [];
  for (const holder of await findHolders(client, waiting.pid)) {
    if (waiting.users.includes(holder.user) && (await endHolder(client, holder, waiting.connect))) {
      waiting.note(`${holder.description} kept the rotation from changing its role and was ended`);
    } else left.push(holder);
  }
  return left;
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === "55P03";
}

function heldBy(holders: readonly Holder[], { what = "the role is being changed" }: Waiting): RotationError {
  const each = holders.slice(0, 3).map(({ description }) => description);
  const others = holders.length > each.length ? [`${holders.length - each.length} more`] : [];
  const [first] = holders.map(({ pid, gid = "", database = "" }) =>
    pid === undefined
      ? `${printable(`ROLLBACK PREPARED ${escapeLiteral(gid)}`)}, in database ${printable(database, 63)}`
      : `pg_terminate_backend(${pid})`,
  );
  return new RotationError(
    `${what} by ${[...each, ...others].join("; ")} (55P03), which this login may not end`,
    `let it finish, or end it as an administrator of the database (${first}); ` + triedAgain,
  );
}
