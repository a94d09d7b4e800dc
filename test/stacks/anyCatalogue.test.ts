import assert from "node:assert/strict";
import fc from "fast-check";
import { buildStacks } from "../../cli/inMemory/buildStacks";
import { buildPlan } from "../../model/plan/build";
import { evaluate } from "../../policies/evaluate";
import { planSettings } from "../../policies/planSettings";
import { rules } from "../../policies/rules";
import { manifestTexts } from "../model/catalogue/arbitrary";
import { load } from "../model/catalogue/support";
import { forbidden } from "../model/documents/support/forbidden";
import { organisation } from "../model/plan/support/organisations";
import { emittedDocuments, kindOf } from "./support/emittedDocuments";

describe("the stacks of any valid manifests", function () {
  this.timeout(120_000);

  it("can be built, with documents that say nothing forbidden and with nothing for the pack to refuse", async () => {
    await fc.assert(
      fc.asyncProperty(manifestTexts(), async (texts) => {
        const { catalogue } = load(texts);
        // That every generated manifest loads is the catalogue's own test.
        fc.pre(catalogue !== undefined);
        const plan = buildPlan(catalogue, organisation());
        const stacks = await buildStacks(plan, () => {});
        for (const emitted of emittedDocuments(stacks)) {
          assert.deepEqual(forbidden(emitted.document, kindOf(emitted)!, emitted.account), [], emitted.urn);
        }
        const settings = planSettings(plan);
        const found = stacks.flatMap(({ resources }) => evaluate(rules, resources, { settings }));
        assert.deepEqual(
          found.filter(({ level }) => level === "mandatory"),
          [],
        );
      }),
      { numRuns: 5, interruptAfterTimeLimit: 60_000, endOnFailure: true },
    );
  });
});
