import assert from "node:assert/strict";
import { z } from "zod";
import { expecting, list, named, oneOf, refusal, section, text } from "../../../model/yaml/expectation";
import { type Issue, parsed } from "../../../model/yaml/issues";

function issuesOf(schema: z.ZodType, value: unknown): readonly Issue[] {
  const result = parsed(schema, value);
  return "value" in result ? [] : result.issues;
}

/** What each issue says is allowed, and what to do. */
function words(schema: z.ZodType, value: unknown): readonly string[] {
  return issuesOf(schema, value).map(({ expectation }) =>
    [expectation.allowed, expectation.remedy].filter((part) => part !== undefined).join("; "),
  );
}

const letters = text(/^[a-z]+$/, "must be letters", "leave out the rest");

describe("what a schema expects", () => {
  it("stays with copies that have a description, a default for editors or one more check", () => {
    const copies = [letters, letters.describe("Letters."), letters.meta({ default: "a" }), letters.max(3)];
    for (const copy of [...copies, letters.optional(), letters.describe("Letters.").max(3).optional()]) {
      assert.deepEqual(words(copy, 7), ["must be letters; leave out the rest"]);
      assert.deepEqual(words(copy, "a1"), ["must be letters; leave out the rest"]);
    }
    assert.deepEqual(words(letters.max(3), "abcd"), ["must be letters; leave out the rest"]);
  });

  it("is what a check says of itself, where it does", () => {
    const short = letters.check(expecting(z.maxLength(3), { allowed: "must be short" }));
    assert.deepEqual(words(short, "abcd"), ["must be short"]);
    assert.deepEqual(words(short, 7), ["must be letters; leave out the rest"]);
  });

  it("may depend on the value that was found", () => {
    const even = expecting(z.int().multipleOf(2), (value) => ({
      allowed: `must be even, unlike ${String(value)}`,
    }));
    assert.deepEqual(words(even, 3), ["must be even, unlike 3"]);
  });

  it("comes with what a schema checks behind its form", () => {
    const once = list("letters", letters).refine(
      (all) => new Set(all).size === all.length,
      refusal("must name each once", "remove the second"),
    );
    assert.deepEqual(words(once, ["a", "a"]), ["must name each once; remove the second"]);
    assert.deepEqual(words(once, []), ["must be a list of letters, with at least one entry"]);
  });

  it("keeps schemas apart whose words are partly the same", () => {
    const other = text(/^[a-z]+$/, "must be letters", "write it out");
    assert.deepEqual(words(section("it", { one: letters, two: other }), { one: 1, two: 2 }), [
      "must be letters; leave out the rest",
      "must be letters; write it out",
    ]);
  });

  it("is zod's own text where nobody said anything", () => {
    assert.match(words(z.string(), 7)[0]!, /expected string/);
  });

  it("is of the key where a key is wrong, and of each alternative where none is taken", () => {
    const map = named("letters to colour", letters, oneOf(["red", "blue"]));
    assert.deepEqual(
      issuesOf(map, { a1: "red" }).map(({ kind }) => kind),
      ["bad-key"],
    );
    assert.deepEqual(words(map, { a1: "red" }), ["must be letters; leave out the rest"]);
    const [issue] = issuesOf(z.union([section("a map", { a: letters }), letters]), { a: 1 });
    assert.ok(issue?.kind === "no-alternative");
    assert.deepEqual(
      issue.alternatives.map((issues) => issues.map(({ path, expectation }) => [path, expectation.allowed])),
      [[[["a"], "must be letters"]], [[[], "must be letters"]]],
    );
  });

  it("names the keys of a map and the words of an enumeration", () => {
    const map = section("a map", { colour: oneOf(["red", "blue"]) });
    const [wrong, strange] = issuesOf(map, { colour: "green", shape: "round" });
    assert.deepEqual(wrong?.kind === "wrong" && wrong.words, ["red", "blue"]);
    assert.deepEqual(strange?.kind === "unknown-keys" && strange.keys, ["shape"]);
    assert.deepEqual(strange?.expectation.keys, ["colour"]);
  });
});
