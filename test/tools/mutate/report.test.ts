import assert from "node:assert/strict";
import type { Mutant } from "../../../tools/mutate/mutants";
import { type Excuse, excuses as committed, report, type Result } from "../../../tools/mutate/report";

const mutants = Array.from({ length: 20 }, (_, index): Mutant => ({
  file: "model/a.ts",
  line: index + 1,
  operator: "number one more",
  original: `f(${index});`,
  before: `${index}`,
  after: `(${index} + 1)`,
  start: index,
  end: index + 1,
}));

const excuse = (index: number): Excuse => {
  const { file, original, after } = mutants[index]!;
  return { file, original, after, reason: "It is the same." };
};

function reported(fates: readonly Result["fate"][], excuses: readonly Excuse[] = []) {
  const said: string[] = [];
  const code = report({
    results: fates.map((fate, at) => ({ mutant: mutants[at]!, fate })),
    all: mutants,
    excuses,
    say: (line) => said.push(line),
  });
  return { code, said };
}

const many = (fate: Result["fate"], count: number) => Array.from({ length: count }, () => fate);

describe("the report of changes", () => {
  it("tells a change that no test sees, and fails", () => {
    const { code, said } = reported(["survived"]);
    assert.equal(code, 1);
    assert.deepEqual(said, [
      "\nmodel/a.ts:1 number one more\n  f(0);\n  - 0\n  + (0 + 1)",
      "\n0 of 1 noticed, 0 excused in tools/mutate/survivors.json, 1 neither: 0.0 %",
    ]);
  });

  it("passes where nine of ten are noticed, and not below", () => {
    assert.equal(reported([...many("killed", 9), "survived"]).code, 0);
    assert.equal(reported([...many("killed", 8), "survived"]).code, 1);
    assert.equal(reported([...many("killed", 17), ...many("survived", 2)]).code, 1);
  });

  it("does not count what is no program", () => {
    const { code, said } = reported([...many("broken", 10), "killed"]);
    assert.equal(code, 0);
    assert.match(said[0]!, /^\n1 of 1 noticed, .* 100\.0 %$/);
    assert.equal(reported([...many("broken", 19), "survived"]).code, 1);
  });

  it("counts one that is excused, and tells it not", () => {
    const { code, said } = reported(["survived", "killed"], [excuse(0)]);
    assert.equal(code, 0);
    assert.deepEqual(said, [
      "\n1 of 2 noticed, 1 excused in tools/mutate/survivors.json, 0 neither: 100.0 %",
    ]);
  });

  it("takes an excuse for no other change: of another file, line or text", () => {
    for (const other of [{ file: "model/b.ts" }, { original: "g();" }, { after: "2" }])
      assert.match(
        reported(["survived"], [{ ...excuse(0), ...other }]).said.at(-1)!,
        / 0 excused .* 1 neither/,
      );
  });

  it("tells an excuse that is of no change, and fails", () => {
    const idle = { ...excuse(0), original: "f(old);" };
    const { code, said } = reported(["killed"], [idle]);
    assert.equal(code, 1);
    assert.equal(said[0], "\nexcuses no change: model/a.ts\n  f(old);\n  + (0 + 1)");
  });

  it("says nothing of an excuse whose change was not tried, or whose file was not looked at", () => {
    assert.equal(reported(["killed"], [excuse(5)]).code, 0);
    assert.equal(reported(["killed"], [{ ...excuse(0), file: "model/b.ts" }]).code, 0);
  });
});

describe("excused changes", () => {
  it("each have a reason", () => {
    for (const { reason } of committed()) assert.match(reason, /^[A-Z].{20,}\.$/);
  });
});
