import assert from "node:assert/strict";
import type { Plan } from "../../model/plan/types";
import { samplePlan } from "../model/plan/support/samples";
import { ofType } from "./support/built";
import { runStack } from "./support/runStack";

/** The plan with each account's share of what runs at once set. */
function limited(plan: Plan): Plan {
  const { organisation } = plan;
  const stacks = organisation.stacks.map((stack) => ({
    ...stack,
    concurrency: stack.kind === "workload" ? { functions: 5, builds: 2 } : { functions: 5 },
  }));
  return { ...plan, organisation: { ...organisation, stacks } };
}

/** That nothing is limited without the setting is seen in `test/approved/`. */
describe("how many run at once, where a setting says so", function () {
  this.timeout(240_000);

  for (const name of ["security", "prod"]) {
    it(`is held for each of the platform's functions in ${name}, and for builds`, async () => {
      const stack = await runStack(
        limited(samplePlan()),
        name,
        name === "prod" ? { security: "deployed" } : {},
      );
      const functions = ofType(stack, "aws:lambda/function:Function").filter(({ inputs }) =>
        /:role\/platform\//.test(String(inputs["role"])),
      );
      assert.ok(functions.length > 1, `${functions.length}`);
      for (const { inputs, name: of } of functions)
        assert.equal(inputs["reservedConcurrentExecutions"], 5, of);
      const builds = ofType(stack, "aws:codebuild/project:Project");
      assert.equal(builds.length > 0, name === "prod");
      for (const { inputs, name: of } of builds) assert.equal(inputs["concurrentBuildLimit"], 2, of);
    });
  }
});
