import { unknown, type Unknown } from "./values";

/** True, false, or not known before the update. */
export type Truth = boolean | Unknown;

/** True when all are; false when one is, whatever the others are. */
export function everyOf<T>(items: readonly T[], holds: (item: T) => Truth): Truth {
  let result: Truth = true;
  for (const item of items) {
    const truth = holds(item);
    if (truth === false) return false;
    if (truth === unknown) result = unknown;
  }
  return result;
}

/** False when all are; true when one is, whatever the others are. */
export function someOf<T>(items: readonly T[], holds: (item: T) => Truth): Truth {
  return negated(everyOf(items, (item) => negated(holds(item))));
}

export function negated(truth: Truth): Truth {
  return truth === unknown ? unknown : !truth;
}
