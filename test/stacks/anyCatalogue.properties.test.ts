import assert from "node:assert/strict";
import fc from "fast-check";
import { buildStacks } from "../../cli/inMemory/buildStacks";
import { proveAccess } from "../../model/proof/proof";
import { buildPlan } from "../../model/plan/build";
import { manifestTexts } from "../model/catalogue/arbitrary";
import { load } from "../model/catalogue/support";
import { forbidden } from "../model/documents/support/forbidden";
import { organisation } from "../model/plan/support/organisations";
import { judged } from "../policies/support/judged";
import { emittedDocuments, kindOf } from "./support/emittedDocuments";

describe("the stacks of any valid manifests", function () {
  this.timeout(480_000);

  it("can be built, with documents that say nothing forbidden, open what was granted, and with nothing for the pack to refuse", async () => {
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(manifestTexts(), async (texts) => {
        const { catalogue } = load(texts);
        // That every generated manifest loads is the catalogue's own test.
        fc.pre(catalogue !== undefined);
        const plan = buildPlan(catalogue, organisation());
        const stacks = await buildStacks(plan, () => {});
        const documents = emittedDocuments(stacks);
        for (const { name } of plan.organisation.stacks) {
          assert.ok(documents.filter(({ stack }) => stack === name).length > 10, `documents of ${name}`);
        }
        for (const emitted of documents) {
          assert.deepEqual(forbidden(emitted.document, kindOf(emitted)!, emitted.account), [], emitted.urn);
        }
        const found = judged(plan, stacks).flat();
        assert.deepEqual(
          found.filter(({ level }) => level === "mandatory"),
          [],
        );
        const { unexpected, weakened, openers } = proveAccess(plan, stacks);
        assert.deepEqual([unexpected, weakened, openers], [[], [], []]);
        runs++;
      }),
      { numRuns: 5, interruptAfterTimeLimit: 60_000, endOnFailure: true },
    );
    assert.ok(runs > 0, "no generated manifests were built");
  });
});
