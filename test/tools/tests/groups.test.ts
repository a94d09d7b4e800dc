import assert from "node:assert/strict";
import { groupOf, groups } from "../../../tools/tests/groups";
import { ImportGraph, testFiles } from "../../../tools/tests/importGraph";

const graph = new ImportGraph("test/");

describe("groups of test files", () => {
  for (const [file, group] of [
    ["test/tools/tests/queue.test.ts", "unit"],
    ["test/policies/unknowns.properties.test.ts", "properties"],
    ["test/model/catalogue/properties.test.ts", "properties"],
    ["test/tools/tests/run.test.ts", "servers"],
    ["test/functions/expiryWatch/emulator.test.ts", "servers"],
    ["test/engine/day.test.ts", "engine"],
    ["test/provider/engine.test.ts", "engine"],
  ] as const)
    it(`have ${file} in ${group}`, () => assert.equal(groupOf(file, graph), group));

  it("each have files", () => {
    const found = new Set(testFiles().map((file) => groupOf(file, graph)));
    assert.deepEqual([...found].sort(), [...groups].sort());
  });
});

describe("imports of a file", () => {
  const reached = new ImportGraph().reachedFrom("test/tools/tests/groups.test.ts");

  it("are followed from file to file", () => {
    assert.ok(reached.has("tools/tests/groups.ts"));
    assert.ok(reached.has("tools/tests/importGraph.ts"));
  });

  it("are none where only types are taken", () => {
    const queue = new ImportGraph().reachedFrom("tools/tests/queue.ts");
    assert.deepEqual([...queue], ["tools/tests/queue.ts"]);
  });

  it("end at the folder that is looked at", () => {
    assert.deepEqual(
      [...graph.reachedFrom("test/tools/tests/groups.test.ts")],
      ["test/tools/tests/groups.test.ts"],
    );
  });
});
