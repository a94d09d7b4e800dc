/** A table; a cell is one line of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [line(head), line(head.map(() => "-")), ...rows.map(line)];
}

function line(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
}

export function code(text: string): string {
  return `\`${text}\``;
}

/** Digits in groups of three. */
export function grouped(count: number): string {
  return count.toLocaleString("en-GB");
}

export function yaml(text: string): readonly string[] {
  return ["```yaml", text.trimEnd(), "```"];
}
