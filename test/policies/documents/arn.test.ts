import assert from "node:assert/strict";

import { accountPrincipal, parseArn } from "../../../policies/documents/arn";

describe("ARNs", () => {
  it("are taken apart, colons of the resource kept", () => {
    assert.deepEqual(parseArn("arn:aws-cn:logs:cn-north-1:333333333333:log-group:/a:*"), {
      partition: "aws-cn",
      service: "logs",
      region: "cn-north-1",
      account: "333333333333",
      resource: "log-group:/a:*",
    });
    for (const text of ["", "*", "arn:aws:s3", "urn:pulumi:prod::shop::t::n"])
      assert.equal(parseArn(text), undefined);
  });

  it("stand for a whole account as root, as do twelve digits", () => {
    assert.equal(accountPrincipal("arn:aws-us-gov:iam::333333333333:root"), "333333333333");
    for (const digits of ["333333333333", "099999999990"]) assert.equal(accountPrincipal(digits), digits);
    for (const text of [
      "33333333333",
      "33333333333a",
      "/33333333333",
      ":33333333333",
      "arn:aws:iam::333333333333:role/x",
    ]) {
      assert.equal(accountPrincipal(text), undefined, text);
    }
  });
});
