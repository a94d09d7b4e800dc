import type { AccessDifference } from "../../../model/changes/ofDecisions/differences";
import type { Change } from "../../../model/changes/types";
import { type BaseSource, countOf, type Comparison } from "./comparison";
import { setCommand } from "./words";

/** What changed, for machines. */
export interface JsonComparison {
  readonly base: BaseSource;
  /** How many of `changes`. */
  readonly widened: number;
  readonly narrowed: number;
  /** What widens first. `about` and `text` make the line for people. */
  readonly changes: readonly Change[];
  /** Which decisions differ: pairs of role and item by ARN, with the actions that open them on one side alone. */
  readonly access:
    | { readonly opened: readonly AccessDifference[]; readonly closed: readonly AccessDifference[] }
    /** Why they were not decided, so that policies are compared by their texts, or grants by the manifests. */
    | { readonly undecided: readonly string[] };
  /** Values that people put once it is deployed. */
  readonly valuesToSet: readonly {
    readonly stack: string;
    readonly item: string;
    /** `new`: it holds nothing yet; `login`: what its value is for has changed. */
    readonly why: "new" | "login";
    readonly command: string;
  }[];
  /** What is protected and gone: it needs `retire: true` first, or the update is refused. */
  readonly retireFirst: readonly { readonly stack: string; readonly name: string }[];
  /** What the base says nothing of, in words. */
  readonly notCompared: readonly string[];
}

export function jsonComparison(comparison: Comparison): JsonComparison {
  const { base, changes, access, toSet, toRetire, notCompared } = comparison;
  return {
    base,
    widened: countOf(changes, "widened"),
    narrowed: countOf(changes, "narrowed"),
    changes,
    access,
    valuesToSet: toSet.map((value) => {
      const { stack, item, why } = value;
      return { stack, item, why, command: setCommand(value) };
    }),
    retireFirst: toRetire,
    notCompared,
  };
}
