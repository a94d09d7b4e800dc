import type { ValueToSet } from "../../../model/changes/afterMerge";
import type { Change, Effect, HeldName } from "../../../model/changes/types";
import type { CheckedStacks } from "../check";
import type { ComparedAccess } from "./decisions";

/** What a state is compared with. */
export interface Base {
  readonly source: BaseSource;
  /** The state as it is now, against this one. */
  readonly compare: (now: CheckedStacks) => Promise<Comparison>;
}

export type BaseSource =
  | { readonly reference: string; readonly commit: string }
  /** As it was given: a file or a folder. */
  | { readonly export: string };

export interface Comparison {
  readonly base: BaseSource;
  /** In the order of reports. */
  readonly changes: readonly Change[];
  /** Which decisions differ. */
  readonly access: ComparedAccess;
  readonly toSet: readonly ValueToSet[];
  readonly toRetire: readonly HeldName[];
  /** What this base says nothing of, in words. */
  readonly notCompared: readonly string[];
}

/** `main (4f2c1e9)` */
export function baseName(source: BaseSource): string {
  return "export" in source ? source.export : `${source.reference} (${source.commit.slice(0, 7)})`;
}

export function countOf(changes: readonly Change[], effect: Effect): number {
  return changes.filter((change) => change.effect === effect).length;
}

/**
 * Whether somebody should look before this goes on: something widens, or something differs and who reads what by it
 * was not decided, which is not the same as that nobody does.
 */
export function mayWiden({ changes, access }: Comparison): boolean {
  return countOf(changes, "widened") > 0 || ("undecided" in access && changes.length > 0);
}

/** What concerns one stack, with what concerns all of them. */
export function limitedTo(comparison: Comparison, stack: string | undefined): Comparison {
  if (stack === undefined) return comparison;
  const { changes, toSet, toRetire } = comparison;
  const own = <T extends { readonly stack: string }>(things: readonly T[]) =>
    things.filter((thing) => thing.stack === stack || thing.stack === "all");
  return { ...comparison, changes: own(changes), toSet: own(toSet), toRetire: own(toRetire) };
}
