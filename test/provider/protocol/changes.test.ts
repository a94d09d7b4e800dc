import assert from "node:assert/strict";
import fc from "fast-check";
import { inputChanges } from "../../../provider/protocol/changes";

const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("changes", () => {
  it("name leaves by their path, lists as a whole", () => {
    const changes = inputChanges(
      { a: 1, gone: 1, nested: { b: 1, c: 1 }, list: [1, 2] },
      { a: 1, made: 1, nested: { b: 2, c: 1 }, list: [2, 1] },
    );
    assert.deepEqual(
      changes.map(({ path, kind }) => [path, kind]),
      [
        ["gone", "delete"],
        ["list", "update"],
        ["made", "add"],
        ["nested.b", "update"],
      ],
    );
  });

  it("count what is not known yet as differing", () => {
    assert.deepEqual(
      inputChanges({ a: "x" }, { a: later }).map(({ path }) => path),
      ["a"],
    );
    assert.deepEqual(
      inputChanges({ a: { b: 1 } }, { a: later }).map(({ path }) => path),
      ["a"],
    );
  });

  it("replace at and below the properties that replace", () => {
    const changes = inputChanges({ a: { b: 1 }, c: 1 }, { a: { b: 2 }, c: 2 }, new Set(["a"]));
    assert.deepEqual(
      changes.map(({ path, replaces }) => [path, replaces]),
      [
        ["a.b", true],
        ["c", false],
      ],
    );
  });

  it("are none between equal values, and some between others", () => {
    const properties = fc.dictionary(
      fc.string(),
      fc.jsonValue({ maxDepth: 3 }).filter((value) => value !== null),
    );
    fc.assert(fc.property(properties, (value) => inputChanges(value, structuredClone(value)).length === 0));
    fc.assert(
      fc.property(properties, fc.string(), (value, key) => {
        const more = { ...value, [key]: `${JSON.stringify(value[key])}+` };
        return inputChanges(value, more).length > 0;
      }),
    );
  });
});
