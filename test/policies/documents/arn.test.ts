import assert from "node:assert/strict";

import { accountPrincipal, overlapArns, parseArn } from "../../../policies/documents/arn";

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

  it("share no secret whose six characters would have to hold a part of a name", () => {
    const secret = (name: string) => `arn:aws:secretsmanager:*:111111111111:secret:${name}`;
    const overlapping = (one: string, other: string) => [
      overlapArns(secret(one), secret(other)),
      overlapArns(secret(other), secret(one)),
    ];
    assert.deepEqual(overlapping("*/prod/*", "orders/staging/database-??????"), [false, false]);
    assert.deepEqual(overlapping("*/prod/*", "orders/prod/database-??????"), [true, true]);
    for (const other of ["database-*", "database-??????", "database-AbC1e2", "*", "data*-??????"])
      assert.deepEqual(overlapping(other, "database-??????"), [true, true], other);
    assert.deepEqual(overlapping("other-AbC1e2", "database-??????"), [false, false]);
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
