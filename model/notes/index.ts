import type { Plan } from "../plan/types";
import { imageTags } from "./imageTags";
import { noService } from "./noService";
import { inOrder, type Note } from "./note";
import { publicValues } from "./publicValues";
import { samples } from "./samples";
import { untoldOwners } from "./untoldOwners";

/** Every kind of note, each in a file of its own. */
const kinds: readonly ((plan: Plan) => readonly Note[])[] = [
  imageTags,
  noService,
  publicValues,
  samples,
  untoldOwners,
];

/** All that `platform check` notes of a Plan in which nothing is wrong. */
export function notesOn(plan: Plan): readonly Note[] {
  return inOrder(kinds.flatMap((kind) => kind(plan)));
}
