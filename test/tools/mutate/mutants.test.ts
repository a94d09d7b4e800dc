import assert from "node:assert/strict";
import { type Mutant, mutantsOf, mutated, sampled } from "../../../tools/mutate/mutants";
import { Sources } from "./support/sources";

const sources = new Sources();
after(() => sources.remove());

function mutantsIn(text: string): Mutant[] {
  return mutantsOf(sources.write("source.ts", text));
}

/** By operator: the changed texts. */
const cases: readonly (readonly [operator: string, text: string, changed: readonly string[]])[] = [
  [
    "condition is always true, or never",
    "if (a) b(); const c = d ? e : f;",
    [
      "if ((true)) b(); const c = d ? e : f;",
      "if ((false)) b(); const c = d ? e : f;",
      "if (a) b(); const c = (true) ? e : f;",
      "if (a) b(); const c = (false) ? e : f;",
    ],
  ],
  ["comparison turned or moved by one", "f(a === b);", ["f(a !== b);"]],
  ["comparison turned or moved by one", "f(a !== b);", ["f(a === b);"]],
  ["comparison turned or moved by one", "f(a < b);", ["f(a <= b);", "f(a >= b);"]],
  ["comparison turned or moved by one", "f(a <= b);", ["f(a < b);", "f(a > b);"]],
  ["comparison turned or moved by one", "f(a > b);", ["f(a >= b);", "f(a <= b);"]],
  ["comparison turned or moved by one", "f(a >= b);", ["f(a > b);", "f(a < b);"]],
  ["comparison turned or moved by one", "f(a == b, a + b);", []],
  ["one side of a logical operator left out", "f(a && b);", ["f((a));", "f((b));"]],
  ["one side of a logical operator left out", "f(a || b);", ["f((a));", "f((b));"]],
  ["one side of a logical operator left out", "f(a ?? b);", ["f((a));", "f((b));"]],
  ["one side of a logical operator left out", "f(a & b, a | b);", []],
  ["negation left out", "f(!a, -b);", ["f(a, -b);"]],
  ["other boolean", "f(true, false);", ["f(false, false);", "f(true, true);"]],
  ["number one more", "f(0, 7.5);", ["f((0 + 1), 7.5);", "f(0, (7.5 + 1));"]],
  ["plus in place of minus", "f(a - b, c + d);", ["f(a + b, c + d);"]],
  ["other text", 'f("word", "");', ['f("a mutated text", "");', 'f("word", "a mutated text");']],
  ["other text", "f(`word`, `x-${y}`);", ['f("a mutated text", `x-${y}`);', 'f(`word`, "a mutated text");']],
  ["other text", 'f("a sentence", `a ${b} sentence`, tag`word`);', []],
  ["other text", 'f({ "a-name": 1 }); class A { "x" = 1 }', []],
  ["element left out", "f([a, b]);", ["f([b]);", "f([a]);"]],
  ["element left out", "[a, b] = c;", []],
  ["property left out", "f({ a, b: c, ...d });", ["f({b: c, ...d});", "f({a, ...d});", "f({a, b: c});"]],
  ["property left out", "({ a, b } = c);", []],
  [
    "method left out or another",
    "f(a.filter(b), a.some(b), a.startsWith(b), a.map(b));",
    [
      "f(a, a.some(b), a.startsWith(b), a.map(b));",
      "f(a.filter(b), a.every(b), a.startsWith(b), a.map(b));",
      "f(a.filter(b), a.some(b), a.endsWith(b), a.map(b));",
    ],
  ],
  ["statement left out", "f(); throw g;", ["; throw g;", "f(); ;"]],
];

describe("changes of a source", () => {
  for (const [operator, text, changed] of cases) {
    it(`${operator}: ${text}`, () => {
      const found = mutantsIn(text).filter((mutant) => mutant.operator === operator);
      assert.deepEqual(found.map(mutated), changed);
    });
  }

  it("are none of types, imports and exports of others", () => {
    const text = [
      'import a from "a";',
      'export { b } from "b";',
      'export type C = "c" | true | 1;',
      "interface D { readonly e: false }",
      'let f: "f";',
    ].join("\n");
    assert.deepEqual(mutantsIn(text), []);
  });

  it("say where they stand, and what stands there", () => {
    const [mutant, ...others] = mutantsIn("let a = c;\n  let b = -1 ;\n");
    assert.deepEqual(others, []);
    const { file, ...rest } = mutant!;
    assert.match(file, /mutate-.*source\.ts$/);
    assert.deepEqual(rest, {
      line: 2,
      operator: "number one more",
      original: "let b = -1 ;",
      before: "1",
      after: "(1 + 1)",
      start: 22,
      end: 23,
    });
  });
});

describe("a sample of changes", () => {
  const mutants = mutantsIn(`f(${Array.from({ length: 40 }, (_, index) => index).join(", ")});`);
  const startsOf = (some: readonly Mutant[]) => some.map(({ start }) => start);

  it("is the same for the same seed, whatever the order, and another for another", () => {
    assert.equal(mutants.length, 41);
    const sample = startsOf(sampled(mutants, 10, "13"));
    assert.equal(new Set(sample).size, 10);
    assert.deepEqual(startsOf(sampled([...mutants].reverse(), 10, "13")), sample);
    assert.notDeepEqual(startsOf(sampled(mutants, 10, "14")), sample);
  });

  it("holds a smaller one of the same seed", () => {
    assert.deepEqual(sampled(mutants, 5, "13"), sampled(mutants, 10, "13").slice(0, 5));
  });

  it("is all of them where there are no more", () => {
    assert.equal(sampled(mutants, 100, "13").length, mutants.length);
  });
});
