import assert from "node:assert/strict";
import { OperationsKey } from "../../../components/account/operationsKey";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { policyNamed, policyTooLong, tags } from "../support/organisation";
import { settle } from "../support/settle";

describe("OperationsKey", () => {
  it("makes one rotating key under its alias", async () => {
    const policy = policyNamed("Operations");
    const { created, named, result } = await runProgram(
      () => new OperationsKey("operations", { policy, deletionWindowDays: 30, tags }),
    );
    assert.deepEqual(created, ["aws:kms/alias:Alias operations-alias", "aws:kms/key:Key operations-key"]);
    assert.deepEqual(named("operations-key").inputs, {
      description: "Logs, notices, function environments and builds of this account",
      policy: JSON.stringify(policy),
      enableKeyRotation: true,
      rotationPeriodInDays: 365,
      deletionWindowInDays: 30,
      multiRegion: false,
      tags,
    });
    assert.deepEqual(named("operations-alias").inputs, {
      name: "alias/operations",
      targetKeyId: "operations-key",
    });
    assert.deepEqual(await settle(result.arn), ["arn:aws:kms:eu-west-1:111111111111:key/operations-key"]);
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new OperationsKey("operations", {
            policy: policyTooLong(),
            alias: "operations",
            deletionWindowDays: 6.5,
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), ["policy", "alias", "deletionWindowDays", "tags"]);
  });
});
