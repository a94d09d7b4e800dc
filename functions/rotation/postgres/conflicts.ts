import { DatabaseError } from "pg";

/**
 * What the later of two sessions is answered that change one role at once: another's change came first (internal
 * error, of catalogs), both created it (unique violation, duplicate object), or each waited for the other (deadlock).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const conflicts: readonly string[] = ["XX000", "23505", "42710", "40P01"];

/** More than there are invocations at once in practice; each attempt is a whole transaction. */
const attempts = 5;

/** Runs a transaction again that came second to another session's. */
export async function untilFree(transaction: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await transaction();
      return;
    } catch (error) {
      if (!isConflict(error) || attempt === attempts) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof DatabaseError && conflicts.includes(error.code ?? "");
}
