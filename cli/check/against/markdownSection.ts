import type { Effect } from "../../../model/changes/types";
import { onOneLine } from "../../../model/yaml/oneLine";
import type { BaseSource, Comparison } from "./comparison";
import type { Part } from "./fitting";
import { inlineCode } from "./inlineCode";
import { type ChangeLine, changeLines } from "./lines";
import { countWords, effectWords, refusedWords, retireWords, setCommand, setWords } from "./words";

/** Rows of a table that is not folded away. */
const openRows = 10;

/** The part of a comment that says what changed: what a reviewer has to see comes first. */
export function markdownSection(comparison: Comparison, isRefused: boolean): readonly Part[] {
  const { changes, toSet, toRetire, notCompared } = comparison;
  const lines = changeLines(changes);
  const retire = toRetire.map(({ stack, name }) => `| ${inlineCode(stack)} | ${inlineCode(name)} |`);
  return [
    plain(`#### Against ${base(comparison.base)}: ${countWords(comparison)}\n`),
    ...(isRefused ? [plain(`**${refusedWords(comparison)}**\n`)] : []),
    ...changeTable("widened", lines.get("widened") ?? []),
    ...table(`**${retireWords}:**`, ["stack", "what is gone"], retire),
    ...commands(toSet.map((value) => onOneLine(`${setCommand(value)}  # ${setWords[value.why]}`))),
    ...changeTable("narrowed", lines.get("narrowed") ?? []),
    ...changeTable("neutral", lines.get("neutral") ?? []),
    ...notCompared.map((words) => plain(`Not compared: ${inlineCode(words)}`)),
  ];
}

function base(source: BaseSource): string {
  return "export" in source
    ? inlineCode(source.export)
    : `${inlineCode(source.reference)} (${inlineCode(source.commit.slice(0, 7))})`;
}

export function plain(text: string): Part {
  return { open: text, rows: [], close: "" };
}

/** What widens is never folded away. */
function changeTable(effect: Effect, lines: readonly ChangeLine[]): readonly Part[] {
  const rows = lines.map(
    ({ mark, abouts, text }) =>
      `| ${inlineCode(mark)} | ${abouts.map(inlineCode).join(", ")} | ${inlineCode(text)} |`,
  );
  const isFolded = effect === "neutral" || (effect === "narrowed" && rows.length > openRows);
  const count = lines.reduce((sum, { abouts }) => sum + abouts.length, 0);
  const title = `${effectWords[effect]} (${count})`;
  return isFolded
    ? table(`<details><summary>${title}</summary>`, ["", "where", "what"], rows, "\n</details>\n")
    : table(`**${title}**`, ["", "where", "what"], rows);
}

/** Nothing where there is no row. */
export function table(
  title: string,
  columns: readonly string[],
  rows: readonly string[],
  close = "\n",
): readonly Part[] {
  if (rows.length === 0) return [];
  const head = `| ${columns.join(" | ")} |\n| ${columns.map(() => "-").join(" | ")} |`;
  return [{ open: `${title}\n\n${head}`, rows, close }];
}

function commands(lines: readonly string[]): readonly Part[] {
  if (lines.length === 0) return [];
  return [{ open: "**To be set after the deployment**\n\n```sh", rows: lines, close: "```\n" }];
}
