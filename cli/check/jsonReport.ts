import { placeOfNote } from "../../model/notes/note";
import { namedElsewhere, type NamedElsewhere } from "../../model/plan/namedElsewhere";
import { problemMessage } from "../../model/yaml/problem";
import type { Comparison } from "./against/comparison";
import { type JsonComparison, jsonComparison } from "./against/jsonSection";
import type { CheckResult } from "./check";
import { type JsonAccess, jsonAccess } from "./jsonAccess";

/** The report for machines. */
export interface JsonReport {
  readonly stacks: readonly {
    readonly stack: string;
    readonly account: string;
    /** How many. */
    readonly resources: number;
    /** How many of each type token. */
    readonly types: Readonly<Record<string, number>>;
  }[];
  readonly violations: readonly {
    readonly stack: string;
    readonly policy: string;
    readonly level: string;
    readonly urn: string;
    readonly message: string;
  }[];
  /** What refuses nothing. */
  readonly notes: readonly {
    /** `file:line:column` */
    readonly where: string;
    readonly note: string;
  }[];
  readonly errors: readonly {
    readonly file: string;
    readonly line: number;
    readonly column: number;
    readonly path: string;
    readonly message: string;
  }[];
  /** What manifests name and the platform does not make, for a reviewer; absent where there are errors. */
  readonly review?: readonly NamedElsewhere[];
  /** Who can read what; absent where there are errors. */
  readonly access?: JsonAccess;
  /** What changed; there with `--against`, absent where there are errors. */
  readonly against?: JsonComparison;
  readonly seconds: number;
}

export function jsonReport(result: CheckResult, seconds: number, comparison?: Comparison): JsonReport {
  const rounded = Number(seconds.toFixed(3));
  if ("errors" in result) {
    const errors = result.errors.map((problem) => {
      const { file, line, column, path } = problem;
      return { file, line, column, path, message: problemMessage(problem) };
    });
    return { stacks: [], violations: [], notes: [], errors, seconds: rounded };
  }
  return {
    stacks: result.stacks.map(({ stack, account, resources }) => ({
      stack,
      account,
      resources: resources.length,
      types: countByType(resources),
    })),
    violations: result.findings.map(({ stack, policy, level, urn, message }) => ({
      stack,
      policy,
      level,
      urn,
      message,
    })),
    notes: result.notes.map((note) => ({ where: placeOfNote(note), note: note.note })),
    errors: [],
    review: namedElsewhere(result.plan),
    access: jsonAccess(result.access),
    ...(comparison && { against: jsonComparison(comparison) }),
    seconds: rounded,
  };
}

function countByType(resources: readonly { readonly type: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { type } of resources) counts[type] = (counts[type] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));
}
