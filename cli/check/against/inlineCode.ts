import { onOneLine } from "../../../model/yaml/oneLine";

/** Longest text of others that a report in Markdown repeats. */
const longestText = 500;

/**
 * Text of others as a code span, the one place of Markdown where nothing is read: no markup, HTML, link, address or
 * `@name`. The span is fenced by more backticks than follow each other in it, and what would end a table's cell, or does
 * not show, is written as its code point. A text with nothing to show, which no span holds, is told as that.
 * https://github.github.com/gfm/#code-spans, https://github.github.com/gfm/#tables-extension-
 */
export function inlineCode(text: string): string {
  const cut = text.length > longestText ? `${text.slice(0, longestText)}…` : text;
  const line = onOneLine(cut)
    .replace(/[|\p{Cs}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .trim();
  if (line === "") return "(empty)";
  const runs = line.match(/`+/g) ?? [];
  const fence = "`".repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  const room = /^`|`$/.test(line) ? " " : "";
  return `${fence}${room}${line}${room}${fence}`;
}
