import { formatProblem } from "../../model/yaml/problem";
import { placeOfNote } from "../../model/notes/note";
import { onOneLine } from "../../model/yaml/oneLine";
import type { CheckedAccess } from "./access";
import { accessHeadline, accessLines } from "./accessWords";
import type { Comparison } from "./against/comparison";
import { fitting, type Part } from "./against/fitting";
import { inlineCode } from "./against/inlineCode";
import { markdownSection, plain, table } from "./against/markdownSection";
import type { CheckedStacks, CheckResult } from "./check";

/**
 * The report as the comment of a pull request: at most 65,536 characters, and whatever manifests say stands in code
 * spans, where it is no markup, link or name to be told.
 * @param isRefused whether `--fail-on` refuses what changed
 */
export function markdownReport(result: CheckResult, comparison?: Comparison, isRefused = false): string {
  const parts =
    "errors" in result
      ? errors(result.errors.map(formatProblem))
      : [...outcome(result), ...(comparison ? markdownSection(comparison, isRefused) : []), ...notes(result)];
  const { text, leftOut } = fitting(parts);
  const more = `\n${leftOut} more lines left out: a comment holds no more; \`--format json\` lists them.\n`;
  return `${text.trimEnd()}\n${leftOut > 0 ? more : ""}`;
}

function errors(lines: readonly string[]): readonly Part[] {
  const count = lines.length === 1 ? "1 error" : `${lines.length} errors`;
  const rows = lines.map((line) => `- ${inlineCode(line)}`);
  return [{ open: `### ${count}; nothing was built\n`, rows, close: "" }];
}

function outcome({ findings, rules, stacks, access }: CheckedStacks): readonly Part[] {
  const refused = findings.filter(({ level }) => level === "mandatory").length;
  const advice = findings.length - refused;
  const rows = findings.map(({ level, stack, urn, policy, message }) => {
    const name = urn.split("::").slice(3).join("::");
    const where = name === "" ? inlineCode(stack) : `${inlineCode(stack)}: ${inlineCode(name)}`;
    return `| ${level === "mandatory" ? "refused" : "advice"} | ${where} | ${inlineCode(policy)}: ${inlineCode(message)} |`;
  });
  const words =
    refused > 0
      ? `${refused} of ${rules} policies' findings refuse this`
      : `${rules} policies, nothing refused${advice > 0 ? `; ${advice} to be looked at` : ""}`;
  return [
    plain(
      `### ${words}, ${stacks.length} ${stacks.length === 1 ? "account" : "accounts"} built without a cloud\n`,
    ),
    ...table("", ["", "where", "what"], rows),
    plain(`${accessHeadline(access)}\n`),
    ...table("", ["", "who can read what"], accessRows(access)),
  ];
}

function accessRows(access: CheckedAccess): readonly string[] {
  return accessLines(access).map(
    ({ mark, lines }) => `| ${mark} | ${lines.map((line) => inlineCode(onOneLine(line))).join("<br>")} |`,
  );
}

function notes({ notes: all }: CheckedStacks): readonly Part[] {
  if (all.length === 0) return [];
  const rows = all.map((note) => `- ${inlineCode(`${placeOfNote(note)} ${note.note}`)}`);
  const count = all.length === 1 ? "1 note" : `${all.length} notes`;
  return [
    { open: `<details><summary>${count}, refusing nothing</summary>\n`, rows, close: "\n</details>\n" },
  ];
}
