import assert from "node:assert/strict";

import { buildStacks } from "../../cli/inMemory/buildStacks";
import { buildPlan } from "../../model/plan/build";
import { loadValid, orders } from "../model/catalogue/support";
import { organisation } from "../model/plan/support/organisations";
import { isSerious, judged } from "../policies/support/judged";

describe("a workload account before its first consumer", function () {
  this.timeout(240_000);

  it("gives the pack nothing to refuse, although no role has its boundary yet", async () => {
    const catalogue = loadValid({
      orders: orders("parameters:\n  level: { description: Verbosity, type: String, value: info }"),
    });
    const plan = buildPlan(catalogue, organisation());
    assert.deepEqual(
      judged(plan, await buildStacks(plan, () => {}))
        .flat()
        .filter(isSerious),
      [],
    );
  });
});
