import type { HeldName, Inventory, ItemToSet } from "./types";

export interface ValueToSet extends ItemToSet {
  /** `new`: it holds nothing yet; `login`: what its value is for has changed. */
  readonly why: "new" | "login";
}

/** Items that need a value from people once the change is deployed, by name. */
export function valuesToSet(
  before: Pick<Inventory, "toSet">,
  after: Pick<Inventory, "toSet">,
): readonly ValueToSet[] {
  const old = new Map(before.toSet.map((item) => [keyOf(item), item]));
  return [...after.toSet]
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
    .flatMap((item): ValueToSet[] => {
      const was = old.get(keyOf(item));
      if (was === undefined) return [{ ...item, why: "new" }];
      const isKnown = was.login !== undefined && item.login !== undefined;
      return isKnown && was.login !== item.login ? [{ ...item, why: "login" }] : [];
    });
}

/**
 * What the next update would refuse, since it was protected and is no longer there: `check` sees one state only, and
 * says nothing of it. By stack and name.
 */
export function toRetireFirst(before: Inventory, after: Pick<Inventory, "names">): readonly HeldName[] {
  const present = new Set(after.names.map(keyOf));
  return before.protectedNames
    .filter((name) => !present.has(keyOf(name)))
    .sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
}

function keyOf({ stack, name }: HeldName): string {
  return `${stack}\n${name}`;
}
