import { DatabaseError } from "pg";

/**
 * What the later of two sessions is answered that change one role at once: another's change came first (internal
 * error, of catalogs), both created it (unique violation, duplicate object), or each waited for the other (deadlock).
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const conflicts: readonly string[] = ["XX000", "23505", "42710", "40P01"];

/** More than there are invocations at once in practice, and no further attempt after so many milliseconds. */
const attempts = 5;
const longest = 15_000;

/** Runs a transaction again that came second to another session's. */
export async function untilFree(transaction: () => Promise<void>): Promise<void> {
  const started = Date.now();
  for (let attempt = 1; ; attempt++) {
    try {
      await transaction();
      return;
    } catch (error) {
      const isLast = attempt === attempts || Date.now() - started > longest;
      if (!isConflict(error) || isLast) throw error;
    }
  }
}

function isConflict(error: unknown): boolean {
  return error instanceof DatabaseError && conflicts.includes(error.code ?? "");
}
