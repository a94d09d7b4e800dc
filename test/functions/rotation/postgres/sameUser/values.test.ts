import assert from "node:assert/strict";
import { listOf, literalsOf } from "../../../../../functions/rotation/postgres/sameUser/listSettings";
import { fingerprint, merged } from "../../../../../functions/rotation/postgres/sameUser/settings";

describe("values of settings", () => {
  for (const [value, names] of [
    ['"$user", public', ["$user", "public"]],
    ['""', []],
    ["", []],
    ["Mixed, _Äb", ["mixed", "_Äb"]],
    ['"Mixed" , "a""b, c"', ["Mixed", 'a"b, c']],
    ['"not closed', ['"not closed']],
    ["a b", ["a b"]],
    ["a,", ["a,"]],
  ] as const) {
    it(`search_path ${JSON.stringify(value)} is a list of names`, () => {
      assert.deepEqual(listOf("search_path", value), names);
    });
  }

  it("libraries keep their case, and other settings are no lists", () => {
    assert.deepEqual(listOf("local_preload_libraries", "Lib"), ["Lib"]);
    assert.equal(listOf("DateStyle", "ISO, DMY"), undefined);
    assert.deepEqual(literalsOf("DateStyle", "ISO, DMY"), ["ISO, DMY"]);
    assert.deepEqual(literalsOf("search_path", ""), [""]);
  });
});

describe("settings that hold for both users", () => {
  const kept = (search_path?: string, work_mem?: string) =>
    new Map([
      [
        undefined,
        new Map(
          Object.entries({ search_path, work_mem }).flatMap(([name, value]) =>
            value === undefined ? [] : [[name, value] as const],
          ),
        ),
      ],
    ]);
  const [before, other] = [kept("app", "5MB"), kept("app2")];
  const equalAt = fingerprint(before);

  for (const [what, original, clone, isCloneInUse, equal, expected] of [
    ["nothing changed", before, before, true, equalAt, before],
    ["the original has changed", other, before, true, equalAt, other],
    ["the clone has changed, in use", before, other, true, equalAt, other],
    ["the clone has changed, not in use", before, other, false, equalAt, before],
    ["both have changed", kept("app3"), kept("app2", "6MB"), true, equalAt, kept("app3", "6MB")],
    [
      "nobody knows which has changed",
      kept("app3"),
      kept("app2", "6MB"),
      true,
      undefined,
      kept("app3", "6MB"),
    ],
  ] as const) {
    it(what, () => {
      const result = merged(original, clone, { isCloneInUse, equalAt: equal });
      assert.equal(fingerprint(result), fingerprint(expected));
    });
  }

  it("are equal whatever their order and spelling", () => {
    assert.equal(fingerprint(kept('"app", public')), fingerprint(kept("app,public")));
    assert.notEqual(fingerprint(kept('"App"')), fingerprint(kept("app")));
    assert.equal(fingerprint(new Map()), fingerprint(new Map([[undefined, new Map()]])));
  });
});
