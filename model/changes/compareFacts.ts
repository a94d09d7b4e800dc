import type { Change, Effect, Fact, FactValue, Thing, Wider } from "./types";

type FactChange = Pick<Change, "effect" | "fact" | "before" | "after" | "text">;

/** What of one thing differs; `before` and `after` are the same thing on both sides. */
export function compareFacts(before: Thing, after: Thing): readonly FactChange[] {
  const names = new Set([...Object.keys(before.facts), ...Object.keys(after.facts)]);
  const subject = after.subject ?? after.words;
  const prefix = subject === "" ? "" : `${subject}: `;
  return [...names].sort().flatMap((name) =>
    compareFact(own(before.facts, name), own(after.facts, name)).map(({ words, ...change }) => ({
      ...change,
      fact: name,
      text: `${prefix}${name} ${words}`,
    })),
  );
}

type Compared = Pick<Change, "effect" | "before" | "after"> & { readonly words: string };

function compareFact(before: Fact | undefined, after: Fact | undefined): readonly Compared[] {
  const either = after ?? before;
  if (either === undefined) return [];
  if (before === undefined || after === undefined) {
    if (either.absent === undefined && isList(either.value)) return compareLists(before, after, either);
    const widens = (before === undefined) === (either.absent === "narrowest");
    return [changed(before, after, either.absent === undefined ? one(either) : widens)];
  }
  if (isList(before.value) && isList(after.value)) return compareLists(before, after, after);
  if (JSON.stringify(before.value) === JSON.stringify(after.value)) return [];
  return [changed(before, after, direction(before.value, after.value, after.wider))];
}

/** Of a fact that one side does not know. */
function one({ wider }: Fact): boolean | undefined {
  return wider === "any" ? true : undefined;
}

/** Whether it widens; undefined where it does neither. */
function direction(before: FactValue, after: FactValue, wider: Wider | undefined): boolean | undefined {
  if (wider === undefined || wider === "lost") return undefined;
  if (wider === "any") return true;
  if (wider === "more" || wider === "fewer") {
    const comparable = typeof before === typeof after && !isList(before);
    return comparable ? after > before === (wider === "more") : true;
  }
  const [from, to] = [wider.indexOf(String(before)), wider.indexOf(String(after))];
  return from < 0 || to < 0 ? undefined : to > from;
}

function changed(before: Fact | undefined, after: Fact | undefined, widens: boolean | undefined): Compared {
  const effect = effectOf(widens);
  if (before?.hidden === true || after?.hidden === true) return { effect, words: "changed" };
  return {
    effect,
    ...(before && { before: before.value }),
    ...(after && { after: after.value }),
    words: `${shown(before)} → ${shown(after)}`,
  };
}

function compareLists(
  before: Fact | undefined,
  after: Fact | undefined,
  { wider, hidden }: Fact,
): readonly Compared[] {
  const [old, now] = [entries(before), entries(after)];
  const gone = old.filter((entry) => !now.includes(entry));
  const come = now.filter((entry) => !old.includes(entry));
  if (hidden === true) {
    const words = "changed";
    return gone.length + come.length > 0 ? [{ effect: wider === "any" ? "widened" : "neutral", words }] : [];
  }
  const gains = wider === "more" || wider === "any" ? true : wider === "fewer" ? false : undefined;
  const loses =
    wider === "fewer" || wider === "lost" || wider === "any" ? true : wider === "more" ? false : undefined;
  return [
    ...(come.length > 0 ? [{ effect: effectOf(gains), after: come, words: `gains ${come.join(", ")}` }] : []),
    ...(gone.length > 0
      ? [{ effect: effectOf(loses), before: gone, words: `loses ${gone.join(", ")}` }]
      : []),
  ];
}

function effectOf(widens: boolean | undefined): Effect {
  return widens === undefined ? "neutral" : widens ? "widened" : "narrowed";
}

function shown(fact: Fact | undefined): string {
  if (fact === undefined) return "(nothing)";
  return isList(fact.value) ? fact.value.join(", ") : String(fact.value);
}

function entries(fact: Fact | undefined): readonly string[] {
  return fact !== undefined && isList(fact.value) ? fact.value : [];
}

function isList(value: FactValue): value is readonly string[] {
  return Array.isArray(value);
}

function own(facts: Thing["facts"], name: string): Fact | undefined {
  return Object.hasOwn(facts, name) ? facts[name] : undefined;
}
