import { today } from "../aws/days";
import type { Plan } from "../plan/types";
import { imageTags } from "./imageTags";
import { instanceHops } from "./instanceHops";
import { longReferences } from "./longReferences";
import { noService } from "./noService";
import { inOrder, type Note } from "./note";
import { processors } from "./processors";
import { publicValues } from "./publicValues";
import { roleCredentials } from "./roleCredentials";
import { runtimeEnds } from "./runtimeEnds";
import { samples } from "./samples";
import { untoldOwners } from "./untoldOwners";

/** Every kind of note, each in a file of its own. */
const kinds: readonly ((plan: Plan, today: string) => readonly Note[])[] = [
  imageTags,
  instanceHops,
  longReferences,
  noService,
  processors,
  publicValues,
  roleCredentials,
  runtimeEnds,
  samples,
  untoldOwners,
];

/** All that `platform check` notes of a Plan in which nothing is wrong; `date` as in `2026-11-30`. */
export function notesOn(plan: Plan, date: string = today()): readonly Note[] {
  return inOrder(kinds.flatMap((kind) => kind(plan, date)));
}
