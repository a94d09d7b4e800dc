import type { Client } from "pg";
import { beginTransaction } from "./session";

/**
 * Runs `use` in one transaction, as the session's own user and with nothing taken from the settings of role or
 * database: all of it happens or nothing; with `ROLLBACK` nothing in any case. Errors of `use` pass through.
 */
export async function inTransaction<T>(
  client: Client,
  use: () => Promise<T>,
  end: "COMMIT" | "ROLLBACK" = "COMMIT",
): Promise<T> {
  await client.query(beginTransaction);
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
