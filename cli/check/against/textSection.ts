import type { createColors } from "picocolors";
import type { Effect } from "../../../model/changes/types";
import { onOneLine } from "../../../model/yaml/oneLine";
import type { Comparison } from "./comparison";
import { type ChangeLine, changeLines } from "./lines";
import {
  effectWords,
  headingWords,
  heldWords,
  refusedWords,
  retireWords,
  setCommand,
  setWords,
} from "./words";

/** Lines of each effect but what widens, all of which are shown; all of the rest is in the report for machines. */
const shownLines = 20;

/** The part of the report for people that says what changed, as lines. */
export function textSection(
  comparison: Comparison,
  isRefused: boolean,
  colours: ReturnType<typeof createColors>,
): readonly string[] {
  const { changes, toSet, toRetire, notCompared } = comparison;
  const paint = { widened: colours.red, narrowed: colours.green, neutral: (text: string) => text };
  return [
    colours.bold(onOneLine(headingWords(comparison))),
    ...[...changeLines(changes)].flatMap(([effect, lines]) => section(effect, lines, paint[effect])),
    ...part(
      "To be set after the deployment",
      toSet.map((value) => `${setCommand(value)}  # ${setWords[value.why]}`),
    ),
    ...part(retireWords, toRetire.map(heldWords)),
    ...part("Not compared", notCompared),
    ...(isRefused ? ["", colours.red(refusedWords(comparison))] : []),
  ];
}

function section(
  effect: Effect,
  lines: readonly ChangeLine[],
  paint: (text: string) => string,
): readonly string[] {
  if (lines.length === 0) return [];
  const shown = effect === "widened" ? lines : lines.slice(0, shownLines);
  const rest = lines.length - shown.length;
  return [
    `  ${effectWords[effect]}`,
    ...shown.map(({ mark, abouts, text }) =>
      paint(`    ${mark} ${onOneLine(`${abouts.join(", ")}: ${text}`)}`),
    ),
    ...(rest > 0 ? [`    and ${rest} more; --format json lists them`] : []),
  ];
}

function part(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : [`  ${title}`, ...lines.map((line) => `    ${onOneLine(line)}`)];
}
