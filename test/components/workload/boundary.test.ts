import assert from "node:assert/strict";
import { Boundary } from "../../../components/workload/boundary";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { policyNamed, policyTooLong, tags } from "../support/organisation";

const args = {
  name: "services-boundary-prod",
  document: policyNamed("Boundary"),
  partition: "aws-cn",
  account: "333333333333",
  tags,
} as const;

describe("Boundary", () => {
  it("makes one managed policy under /platform/", async () => {
    const { created, named } = await runProgram(() => new Boundary("boundary", args));
    assert.deepEqual(created, ["aws:iam/policy:Policy boundary-policy"]);
    assert.equal(named("boundary-policy").parent, "boundary");
    assert.deepEqual(named("boundary-policy").inputs, {
      name: "services-boundary-prod",
      path: "/platform/",
      description: "The most that roles under /services/ may do",
      policy: JSON.stringify(policyNamed("Boundary")),
      tags,
    });
  });

  it("knows its ARN before the policy exists", async () => {
    const { result } = await runProgram(() => new Boundary("boundary", args), { preview: true });
    assert.equal(result.arn, "arn:aws-cn:iam::333333333333:policy/platform/services-boundary-prod");
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new Boundary("boundary", {
            ...args,
            name: "of services",
            document: policyTooLong(),
            account: "333",
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), ["name", "account", "document", "tags"]);
    assert.match(result["document"] ?? "", /^\d+ characters were found, \d+ too many; .* at most 6144;/);
  });
});
