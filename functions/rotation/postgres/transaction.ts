import type { Client } from "pg";
import { asOwnUser, type SessionStart } from "./session";

/**
 * Runs `use` in one transaction, as the session's own user and with nothing taken from the settings of role or
 * database: all of it happens or nothing; with `ROLLBACK` nothing in any case. Errors of `use` pass through.
 */
export async function inTransaction<T>(
  client: Client,
  use: () => Promise<T>,
  end: "COMMIT" | "ROLLBACK" = "COMMIT",
  start: SessionStart = asOwnUser,
): Promise<T> {
  await client.query(start.beginTransaction);
  try {
    const result = await use();
    await client.query(end);
    return result;
  } catch (error) {
    // The connection may be what failed; the error to tell is the first.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}
