import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtOf } from "../../../../cli/check/against/referenceStacks";
import { samplePlan } from "../../../model/plan/support/samples";

/** Each test builds three stacks. */
describe("the stacks of another state", function () {
  this.timeout(60_000);
  let empty: string;

  before(() => (empty = mkdtempSync(join(tmpdir(), "no-code-"))));
  after(() => rmSync(empty, { recursive: true }));

  it("are built where the code of its functions does not lie in the work tree", async () => {
    const plan = samplePlan();
    const withCode = plan.consumers.filter(
      ({ settings }) => settings.kind === "lambda" && settings.function !== undefined,
    );
    assert.ok(withCode.length > 0);
    const built = await builtOf(plan, empty, "main");
    if ("undecided" in built) assert.fail(built.undecided.join("\n"));
    const types = built.stacks.flatMap(({ resources }) => resources.map(({ type, urn }) => `${type} ${urn}`));
    for (const { name } of withCode) {
      assert.ok(types.some((one) => one.startsWith("aws:iam/role:Role ") && one.includes(`${name}-role`)));
      assert.ok(
        !types.some((one) => one.startsWith("aws:lambda/function:Function ") && one.includes(`${name}-`)),
      );
    }
  });
});
