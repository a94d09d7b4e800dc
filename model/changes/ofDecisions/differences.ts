import type { Access } from "../../access/access";
import type { ReadAction } from "../../access/actions";
import { actionsOf } from "../../access/calls";
import { explainReading } from "../../access/explain";
import type { DecidedSide } from "../../proof/compared/sides";
import { itemKey } from "../../proof/compared/itemKey";

/** A pair of role and item that is open by an action on one side, and not on the other. */
export interface AccessDifference {
  /** ARN of the role, and of the item. */
  readonly principal: string;
  readonly item: string;
  readonly actions: readonly ReadAction[];
  /** By which statements it is as it is now; or that the role or item is gone. */
  readonly why: string;
}

export interface AccessDifferences {
  /** Open now, and not before. */
  readonly opened: readonly AccessDifference[];
  /** Open before, and not now. */
  readonly closed: readonly AccessDifference[];
}

/**
 * Every decision that differs, in the order of roles, then items. With the sides swapped what was opened is closed.
 * Linear in open pairs.
 */
export function accessDifferences(before: DecidedSide, after: DecidedSide): AccessDifferences {
  const items = new Map([...after.access.model.items.keys()].map((arn) => [itemKey(arn), arn]));
  return {
    opened: beyond(after, before).map((found) => ({ ...found, why: opened(after.access, found) })),
    closed: beyond(before, after).map((found) => ({
      ...found,
      why: closed(after.access, found, items.get(itemKey(found.item))),
    })),
  };
}

type Found = Omit<AccessDifference, "why">;

/** What one side has open, and the other has not. */
function beyond(one: DecidedSide, other: DecidedSide): readonly Found[] {
  const known = new Map(other.grants.map((grant) => [pairKey(grant), grant.actions]));
  return one.grants
    .flatMap(({ principal, item, actions }) => {
      const same = known.get(pairKey({ principal, item })) ?? [];
      const more = actions.filter((action) => !same.includes(action));
      return more.length > 0 ? [{ principal, item, actions: more }] : [];
    })
    .sort((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1));
}

function pairKey({ principal, item }: Pick<Found, "principal" | "item">): string {
  return `${principal} ${itemKey(item)}`;
}

function opened(access: Access, { principal, item, actions }: Found): string {
  const [action] = actions;
  return explainReading(access.read(access.principal(principal), access.item(item), action!))
    .chain.map((line) => line.trim())
    .join("; ");
}

function closed(access: Access, { principal, actions }: Found, item: string | undefined): string {
  if (!access.model.principals.has(principal)) return "the role is gone";
  if (item === undefined) return "the item is gone";
  const [by, what] = [access.principal(principal), access.item(item)];
  const action = actions.find((one) => actionsOf(what).includes(one)) ?? actionsOf(what)[0]!;
  return (
    explainReading(access.read(by, what, action)).refusedBy?.why ?? "no action of the kind reads it any more"
  );
}
