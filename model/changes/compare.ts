import { compareFacts } from "./compareFacts";
import { type Change, type Effect, type Inventory, kinds, type Thing } from "./types";

/**
 * Everything in which two sides differ: what widens first, then what narrows, then the rest; within each by kind, place
 * and name, so that the same two sides always give the same list. Linear in things, but for sorting the changes.
 */
export function compare(
  before: Pick<Inventory, "things">,
  after: Pick<Inventory, "things">,
): readonly Change[] {
  const old = byKey(before.things);
  const now = byKey(after.things);
  const changes = [
    ...[...now].flatMap(([key, thing]) => (old.has(key) ? [] : [presence(thing, "added")])),
    ...[...old].flatMap(([key, thing]) => (now.has(key) ? [] : [presence(thing, "removed")])),
    ...[...now].flatMap(([key, thing]) => {
      const was = old.get(key);
      return was === undefined ? [] : changesOf(was, thing);
    }),
  ];
  return changes.sort(inOrder);
}

function byKey(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(
    things.map((thing) => {
      const { kind, stack, name, moves } = thing;
      return [JSON.stringify(moves === true ? [kind, name] : [kind, stack, name]), thing];
    }),
  );
}

function presence(thing: Thing, change: "added" | "removed"): Change {
  const { kind, stack, about, name, words, wider } = thing;
  const widens = wider === change || wider === "either";
  const effect = wider === undefined ? "neutral" : widens ? "widened" : "narrowed";
  return { effect, change, kind, stack, about, name, text: words };
}

function changesOf(before: Thing, after: Thing): readonly Change[] {
  const { kind, stack, about, name } = after;
  return compareFacts(before, after).map(({ effect, ...fact }) => ({
    ...{ effect, change: "changed" as const, kind, stack, about, name },
    ...fact,
  }));
}

export const effects: readonly Effect[] = ["widened", "narrowed", "neutral"];

function inOrder(one: Change, other: Change): number {
  return (
    effects.indexOf(one.effect) - effects.indexOf(other.effect) ||
    kinds.indexOf(one.kind) - kinds.indexOf(other.kind) ||
    order(one.about, other.about) ||
    order(one.text, other.text) ||
    order(one.stack, other.stack) ||
    order(one.name, other.name)
  );
}

function order(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
