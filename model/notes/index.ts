import type { Plan } from "../plan/types";
import { imageTags } from "./imageTags";
import { inOrder, type Note } from "./note";

/** Every kind of note, each in a file of its own. */
const kinds: readonly ((plan: Plan) => readonly Note[])[] = [imageTags];

/** All that `platform check` notes of a Plan in which nothing is wrong. */
export function notesOn(plan: Plan): readonly Note[] {
  return inOrder(kinds.flatMap((kind) => kind(plan)));
}
