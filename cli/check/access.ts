import type { AccountDocuments } from "../../model/access/input";
import { NotModelled } from "../../model/access/notModelled";
import type { Plan } from "../../model/plan/types";
import { type AccessProof, proveAccess } from "../../model/proof/proof";
import type { BuiltStack } from "../inMemory/buildStack";

/** Who can read what, or why that cannot be said. */
export type CheckedAccess = AccessProof | { readonly undecided: readonly string[] };

/** A document that the evaluator does not model leaves all of it undecided: an answer would be a guess. */
export function checkAccess(
  plan: Plan,
  stacks: readonly BuiltStack[],
  controls?: AccountDocuments["controls"],
): CheckedAccess {
  try {
    return proveAccess(plan, stacks, controls);
  } catch (error) {
    if (error instanceof NotModelled) return { undecided: error.reasons };
    throw error;
  }
}

/** Whether everything was decided, and is as meant. */
export function isAsMeant(access: CheckedAccess): boolean {
  return (
    !("undecided" in access) &&
    [access.unexpected, access.weakened, access.openers].every(({ length }) => length === 0)
  );
}
