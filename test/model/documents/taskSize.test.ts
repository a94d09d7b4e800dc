import assert from "node:assert/strict";
import { taskSizeProblems } from "../../../model/documents/taskSize";
import { buildPlan } from "../../../model/plan/build";
import { formatProblem } from "../../../model/yaml/problem";
import { loadValid, orders } from "../catalogue/support";
import { organisation } from "../plan/support/organisations";

/** A task with so many files, of paths of 250 characters. */
function refused(files: number): readonly string[] {
  const folder = `/run/${"f".repeat(238)}`;
  const lines = Array.from({ length: files }, (_, index) => `      ${folder}/f${1000 + index}: level`);
  const text = [
    "parameters:",
    "  level: { description: Verbosity, type: String, value: info }",
    "consumers:",
    "  worker:",
    "    kind: ecs",
    "    image: nginx",
    "    entryPoint: [/start]",
    "    files:",
    ...lines,
  ].join("\n");
  return taskSizeProblems(buildPlan(loadValid({ orders: orders(text) }), organisation())).map(formatProblem);
}

describe("the size of a task definition", () => {
  it("counts what writes its files", () => {
    assert.deepEqual(refused(100), []);
    const [staging, prod, ...others] = refused(170);
    for (const problem of [staging, prod])
      assert.match(
        problem ?? "",
        /^services\/orders\.yaml:8:3 consumers\.worker: .* would have about [67]\d,\d{3} bytes; /,
      );
    assert.deepEqual(others, []);
  });
});
