import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { repository } from "../tests/importGraph";
import { operators } from "./operators";

/** One changed file. */
export interface Mutant {
  /** By path from the repository's root. */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly operator: string;
  /** The line's text, without the space around it. */
  readonly original: string;
  readonly before: string;
  readonly after: string;
  /** Where `after` stands in the file in place of `before`, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
}

export function mutantsOf(file: string): Mutant[] {
  const text = readFileSync(join(repository, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const found: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) || ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    for (const [operator, changes] of Object.entries(operators)) {
      for (const change of changes(node)) found.push(mutant(source, operator, change.node, change.text));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found.filter(({ before, after }) => before !== after);
}

/** So many of them, the same ones for the same seed. */
export function sampled(mutants: readonly Mutant[], count: number, seed: string): Mutant[] {
  const rank = ({ file, start, operator, after }: Mutant) =>
    createHash("sha256").update([seed, file, start, operator, after].join("\n")).digest("hex");
  return mutants
    .map((each) => ({ each, rank: rank(each) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, count)
    .map(({ each }) => each);
}

/** The file's text with the change in it. */
export function mutated({ file, start, end, after }: Mutant): string {
  const text = readFileSync(join(repository, file), "utf8");
  return text.slice(0, start) + after + text.slice(end);
}

function mutant(source: ts.SourceFile, operator: string, node: ts.Node, after: string): Mutant {
  const start = node.getStart(source);
  const end = node.getEnd();
  const { line } = source.getLineAndCharacterOfPosition(start);
  const original = source.text.split("\n")[line]?.trim() ?? "";
  const before = source.text.slice(start, end);
  return { file: source.fileName, line: line + 1, operator, original, before, after, start, end };
}
