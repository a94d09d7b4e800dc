import assert from "node:assert/strict";
import { compare } from "../../../model/changes/compare";
import type { Fact, Thing, Wider } from "../../../model/changes/types";

const thing = (facts: Thing["facts"], more: Partial<Thing> = {}): Thing => ({
  kind: "secret",
  stack: "security",
  about: "orders/prod",
  name: "orders/prod/token",
  words: "secret token",
  facts,
  ...more,
});

const changesOf = (before: readonly Thing[], after: readonly Thing[]) =>
  compare({ things: before }, { things: after });

/** The effects of a fact that changes, in the order of the report. */
function effects(before: Fact | undefined, after: Fact | undefined): readonly string[] {
  const facts = (fact: Fact | undefined) => (fact === undefined ? {} : { fact });
  return changesOf([thing(facts(before))], [thing(facts(after))]).map(
    ({ effect, text }) => `${effect} ${text}`,
  );
}

describe("the comparison of two sides", () => {
  it("of the same says nothing", () => {
    const things = [thing({ days: { value: 30, wider: "more" } }), thing({}, { kind: "grant" })];
    assert.deepEqual(changesOf(things, structuredClone(things)), []);
  });

  it("tells what came and what went, with what that does", () => {
    const wider = thing({}, { kind: "grant", name: "a", words: "api may read token", wider: "added" });
    const alarm = thing({}, { kind: "alarm", name: "b", words: "alarm reads", wider: "removed" });
    const secret = thing({}, { name: "c" });
    const said = (before: readonly Thing[], after: readonly Thing[]) =>
      changesOf(before, after).map(({ effect, change, kind }) => `${effect} ${change} ${kind}`);
    const all = [wider, alarm, secret];
    assert.deepEqual(said([], all), ["widened added grant", "narrowed added alarm", "neutral added secret"]);
    assert.deepEqual(said(all, []), [
      "widened removed alarm",
      "narrowed removed grant",
      "neutral removed secret",
    ]);
  });

  type Single = string | number | boolean;
  const directions: readonly (readonly [Wider | undefined, Single, Single, string, string])[] = [
    ["more", 30, 60, "widened", "narrowed"],
    ["fewer", 30, 60, "narrowed", "widened"],
    ["more", "2026-01-01", "2026-02-01", "widened", "narrowed"],
    ["any", "one", "other", "widened", "widened"],
    [undefined, "one", "other", "neutral", "neutral"],
    [["false", "true"], false, true, "widened", "narrowed"],
    [["full", "none"], "full", "else", "neutral", "neutral"],
    ["more", 30, "30 days", "widened", "widened"],
  ];
  for (const [wider, one, other, there, back] of directions) {
    it(`takes ${one} to ${other} for ${there} and back for ${back}, where ${String(wider)} is wider`, () => {
      const fact = (value: Fact["value"]): Fact => ({ value, ...(wider !== undefined && { wider }) });
      assert.deepEqual(effects(fact(one), fact(other)), [`${there} secret token: fact ${one} → ${other}`]);
      assert.deepEqual(effects(fact(other), fact(one)), [`${back} secret token: fact ${other} → ${one}`]);
    });
  }

  it("takes lists apart: what came and what went are two changes", () => {
    const list = (wider: Wider | undefined, ...value: readonly string[]): Fact => ({
      value,
      ...(wider !== undefined && { wider }),
    });
    assert.deepEqual(effects(list("more", "a", "b"), list("more", "b", "c")), [
      "widened secret token: fact gains c",
      "narrowed secret token: fact loses a",
    ]);
    assert.deepEqual(effects(list("fewer", "a"), list("fewer", "b")), [
      "widened secret token: fact loses a",
      "narrowed secret token: fact gains b",
    ]);
    assert.deepEqual(effects(list("lost", "a"), list("lost", "b")), [
      "widened secret token: fact loses a",
      "neutral secret token: fact gains b",
    ]);
    assert.deepEqual(effects(list("more", "a", "b"), list("more", "b", "a")), []);
    assert.deepEqual(effects(undefined, list("more", "a")), ["widened secret token: fact gains a"]);
    assert.deepEqual(effects(list("more", "a"), undefined), ["narrowed secret token: fact loses a"]);
  });

  it("knows what it means that one side says nothing", () => {
    const condition: Fact = { value: ["a"], wider: "more", absent: "widest" };
    assert.deepEqual(effects(condition, undefined), ["widened secret token: fact a → (nothing)"]);
    assert.deepEqual(effects(undefined, condition), ["narrowed secret token: fact (nothing) → a"]);
    const any: Fact = { value: "x", wider: "any" };
    assert.deepEqual(effects(undefined, any), ["widened secret token: fact (nothing) → x"]);
    assert.deepEqual(effects({ value: 3, wider: "more" }, undefined), [
      "neutral secret token: fact 3 → (nothing)",
    ]);
  });

  it("shows no value that is to be hidden", () => {
    const hidden = (value: Fact["value"]): Fact => ({ value, hidden: true });
    const [change] = changesOf([thing({ value: hidden("before") })], [thing({ value: hidden("after") })]);
    assert.equal(change?.text, "secret token: value changed");
    assert.deepEqual([change?.before, change?.after], [undefined, undefined]);
    assert.deepEqual(effects(hidden(["a"]), hidden(["b"])), ["neutral secret token: fact changed"]);
  });

  it("knows a thing by kind, stack and name, whatever these hold", () => {
    const one = thing({}, { stack: "a\nb", name: "c" });
    const other = thing({}, { stack: "a", name: "b\nc" });
    assert.equal(changesOf([one], [other]).length, 2);
    assert.deepEqual(effects({ value: 1 }, { value: 1 }), []);
    const facts = { constructor: { value: 1 } };
    assert.deepEqual(changesOf([thing({})], [thing(facts)]).length, 1);
  });

  it("knows what may move wherever it lies", () => {
    const one = thing({ days: { value: 1, wider: "more" } }, { moves: true });
    const other = thing({ days: { value: 2, wider: "more" } }, { moves: true, stack: "prod" });
    assert.deepEqual(
      changesOf([one], [other]).map(({ effect, change, stack }) => `${effect} ${change} ${stack}`),
      ["widened changed prod"],
    );
  });

  it("gives the same list in whatever order things are", () => {
    const things = ["c", "a", "b"].map((name) => thing({}, { name, words: `secret ${name}` }));
    const names = (given: readonly Thing[]) => changesOf([], given).map(({ name }) => name);
    assert.deepEqual(names(things), ["a", "b", "c"]);
    assert.deepEqual(names([...things].reverse()), ["a", "b", "c"]);
  });
});
