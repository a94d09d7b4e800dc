import assert from "node:assert/strict";
import { evaluate } from "../../../../policies/pack/evaluate";
import { accountAnalyzer } from "../../../../policies/rules/accessanalyzer/account-analyzer";
import { declare } from "../../support/program";

describe("account-analyzer, of stacks that something else analyses", () => {
  const trail = declare("trail", { s3BucketName: "trails" });
  const found = (analyzedElsewhere: readonly string[]) =>
    evaluate([accountAnalyzer], [trail], { settings: { analyzedElsewhere } }).length;

  it("asks for none in a stack that the setting names, and for one in every other", () => {
    assert.equal(found(["prod"]), 0);
    assert.equal(found(["staging"]), 1);
    assert.equal(found([]), 1);
  });
});
