import assert from "node:assert/strict";
import { longReferences } from "../../../model/notes/longReferences";
import { buildPlan } from "../../../model/plan/build";
import { inOrder } from "../../../model/notes/note";
import { referencesText } from "../../../model/references/document";
import { plannedArn } from "../../../model/references/reference";
import { catalogue, lambda, plainText, reads, service } from "../plan/support/catalogues";
import { organisation } from "../plan/support/organisations";

/** A consumer that reads so many parameters. */
function planOf(count: number) {
  const names = Array.from({ length: count }, (_, index) => `parameter-${String(index).padStart(2, "0")}`);
  const reader = lambda(
    "api",
    names.map((name) => reads("orders", name)),
  );
  const parameters = names.map((name) => plainText(name));
  return buildPlan(catalogue(service("orders", { parameters, consumers: [reader] })), organisation());
}

describe("where a consumer's values are", () => {
  const tiers = (count: number) => new Set(planOf(count).consumers.map(({ references }) => references?.tier));

  it("stands in a parameter of the tier that its size asks for, and in none where it is too long", () => {
    for (const count of [1, 20, 36, 37, 38, 60, 70, 74, 75, 76, 80]) {
      const [consumer] = planOf(count).consumers;
      const size = Buffer.byteLength(referencesText(consumer!, plannedArn));
      assert.deepEqual(
        [...tiers(count)],
        [size <= 4_096 ? "Standard" : size <= 8_192 ? "Advanced" : undefined],
        `${size}`,
      );
    }
    assert.deepEqual([...tiers(1), ...tiers(60), ...tiers(80)], ["Standard", "Advanced", undefined]);
  });

  it("is noted once where no parameter says it", () => {
    assert.deepEqual(longReferences(planOf(60)), []);
    const [note, ...others] = inOrder(longReferences(planOf(80)));
    assert.deepEqual(others, []);
    assert.equal(note?.note, "where api finds its values takes over 8192 bytes, so no parameter says it");
  });
});
