import { onOneLine } from "./oneLine";

/** A place in a file of the repository; lines and columns count from 1, as editors do. */
export interface Position {
  /** Path from the repository's root, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/**
 * One thing wrong in what a person wrote, with all they need to fix it. `found`, `allowed` and `remedy` are
 * sentences without a closing full stop; none of them may repeat a value that could be a credential.
 */
export interface Problem extends Position {
  /** Dotted path inside the document, e.g. `secrets.database.rotation.every`; empty for the whole file. */
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly remedy: string;
}

/** What a problem says, without its place. */
export type ProblemWords = Pick<Problem, "found" | "allowed" | "remedy">;

/** The part of a problem's line behind its path: what was found; what is allowed; what to do. */
export function problemMessage(problem: Problem): string {
  return [problem.found, problem.allowed, problem.remedy].filter((part) => part !== "").join("; ");
}

/** `services/orders.yaml:12:5 secrets.database: what was found; what is allowed; what to do` */
export function formatProblem(problem: Problem): string {
  const place = `${problem.file}:${problem.line}:${problem.column}`;
  return onOneLine(
    problem.path === ""
      ? `${place} ${problemMessage(problem)}`
      : `${place} ${problem.path}: ${problemMessage(problem)}`,
  );
}

/** Order for printing: by file, then line, then column. */
export function byPosition(a: Position, b: Position): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
}

/** Thrown once, with everything that was wrong, by loaders that cannot go on without an answer. */
export class InvalidInput extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(formatProblem).join("\n"));
    this.name = "InvalidInput";
  }
}
