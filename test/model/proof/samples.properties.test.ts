import assert from "node:assert/strict";
import { proveAccess } from "../../../model/proof/proof";
import { built, type Variant } from "../../stacks/support/built";

describe("the samples' registered documents", () => {
  for (const variant of ["aws", "aws-cn", "aws-us-gov", "sharded"] as const satisfies readonly Variant[]) {
    it(`open what the manifests grant and nothing else, each layer by itself as well: ${variant}`, async () => {
      const { plan, stacks } = await built(variant);
      const proof = proveAccess(plan, stacks);
      assert.deepEqual(proof.unexpected, []);
      assert.deepEqual(proof.weakened, []);
      assert.ok(proof.pairs > 3_000 && proof.grants.length > 150 && proof.layers > 100);
    });
  }
});
