import assert from "node:assert/strict";
import fc from "fast-check";

import { overlapArns } from "../../../policies/documents/arn";
import { covers, coversAction, overlap } from "../../../model/aws/patterns";

/** Short texts over few letters, so that patterns meet. */
const pattern = fc.string({ unit: fc.constantFrom("a", "b", "*", "?"), maxLength: 8 });
const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 8 });

function byRegularExpression(one: string, other: string): boolean {
  return new RegExp(`^${one.replaceAll("*", ".*").replaceAll("?", ".")}$`).test(other);
}

describe("IAM's wildcards", () => {
  it("cover what the same regular expression matches", () => {
    fc.assert(
      fc.property(pattern, text, (one, other) => covers(one, other) === byRegularExpression(one, other)),
    );
  });

  it("overlap when some text fits both, either way round", () => {
    fc.assert(
      fc.property(pattern, pattern, text, (one, other, both) => {
        assert.equal(overlap(one, other), overlap(other, one));
        if (covers(one, both) && covers(other, both)) assert.ok(overlap(one, other));
      }),
    );
    assert.ok(!overlap("a*b", "b*a"));
    assert.ok(overlap("a*", "*b"));
    assert.ok(!overlap("a?", "a"));
  });

  it("stay quick where naive matching does not", () => {
    // Each more `a*` multiplies the ways to try: those of sixty end with no test run.
    assert.ok(!covers(`${"a*".repeat(60)}b`, "a".repeat(400)));
  });

  it("compare actions without regard to case", () => {
    assert.ok(coversAction("S3:get*", "s3:GetObject"));
  });

  it("stay within the parts of an ARN", () => {
    const mine = "arn:*:secretsmanager:*:*:secret:orders/prod/a-??????";
    assert.ok(overlapArns(mine, "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/*"));
    assert.ok(!overlapArns(mine, "arn:aws:secretsmanager:*:*:secret:payments/*"));
  });
});
