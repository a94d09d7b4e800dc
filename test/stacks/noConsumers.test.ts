import assert from "node:assert/strict";

import { buildStacks } from "../../cli/inMemory/buildStacks";
import { buildPlan } from "../../model/plan/build";
import { evaluate } from "../../policies/evaluate";
import { planSettings } from "../../policies/planSettings";
import { rules } from "../../policies/rules";
import { loadValid, orders } from "../model/catalogue/support";
import { organisation } from "../model/plan/support/organisations";

describe("a workload account before its first consumer", function () {
  this.timeout(60_000);

  it("gives the pack nothing to refuse, although no role has its boundary yet", async () => {
    const catalogue = loadValid({
      orders: orders("parameters:\n  level: { description: Verbosity, type: String, value: info }"),
    });
    const plan = buildPlan(catalogue, organisation());
    const settings = planSettings(plan);
    for (const { stack, resources } of await buildStacks(plan, () => {})) {
      const serious = evaluate(rules, resources, { settings }).filter(
        ({ level, message }) => level === "mandatory" || /could not be decided/.test(message),
      );
      assert.deepEqual(serious, [], stack);
    }
  });
});
