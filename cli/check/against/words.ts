import type { ValueToSet } from "../../../model/changes/afterMerge";
import type { Effect, HeldName } from "../../../model/changes/types";
import { shellWord } from "../../shellWord";
import { baseName, countOf, type Comparison } from "./comparison";

/** `2 widened, 1 narrowed, 4 other changes` */
export function countWords({ changes }: Comparison): string {
  if (changes.length === 0) return "nothing changed";
  const other = countOf(changes, "neutral");
  return [
    `${countOf(changes, "widened")} widened`,
    `${countOf(changes, "narrowed")} narrowed`,
    `${other} other ${other === 1 ? "change" : "changes"}`,
  ].join(", ");
}

export function headingWords(comparison: Comparison): string {
  return `Against ${baseName(comparison.base)}: ${countWords(comparison)}`;
}

export const effectWords: Readonly<Record<Effect, string>> = {
  widened: "Widened: see that each is meant",
  narrowed: "Narrowed",
  neutral: "Neither",
};

export function setCommand({ item }: ValueToSet): string {
  return `npx platform set ${shellWord(item)}`;
}

export const setWords: Readonly<Record<ValueToSet["why"], string>> = {
  new: "holds no value yet",
  login: "what it logs in to changes (docs/operations.md, When a database changes)",
};

/** As the program says it, which refuses such an update (`stacks/outputs/retirement.ts`). */
export const retireWords =
  "Protected, and gone without `retire: true`: the update is refused. Put them back with `retire: true` on the item, or on " +
  "the service for all of it, merge and update, and then remove them";

export function heldWords({ stack, name }: HeldName): string {
  return `${stack}: ${name}`;
}

export function refusedWords(comparison: Comparison): string {
  const widened = countOf(comparison.changes, "widened");
  const undecided = "undecided" in comparison.access ? "; who can read what was not decided" : "";
  return `--fail-on widened refuses this: ${widened} widened${undecided}`;
}
