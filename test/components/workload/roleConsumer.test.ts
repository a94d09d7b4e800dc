import assert from "node:assert/strict";
import { RoleConsumer, type RoleConsumerArgs } from "../../../components/workload/roleConsumer";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";
import { rejected } from "../support/problems";
import { account, boundary, roleArgs, roleInputs } from "./support/consumer";

const path = "/services/orders/_elsewhere/";
const name = "orders-prod-proxy";
const role = {
  ...roleArgs(name),
  path,
  arn: `arn:aws:iam::${account}:role${path}${name}`,
};

function args(change: Partial<RoleConsumerArgs> = {}): RoleConsumerArgs {
  return { name, boundary: boundary(), role, tags, ...change };
}

describe("RoleConsumer", () => {
  it("makes a role and nothing else", async () => {
    const { created, named } = await runProgram(() => new RoleConsumer("proxy", args()));
    assert.deepEqual(created, [
      "aws:iam/policy:Policy boundary",
      "aws:iam/role:Role proxy-role",
      "aws:iam/rolePolicy:RolePolicy proxy-policy",
    ]);
    assert.deepEqual(named("proxy-role").inputs, { ...roleInputs(name, tags), path });
  });

  it("makes a profile beside it, under the same path, where instances are to run as it", async () => {
    const { named } = await runProgram(() => new RoleConsumer("proxy", args({ profile: true })));
    assert.deepEqual(named("proxy-profile").inputs, { name, path, role: name, tags });
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new RoleConsumer("proxy", args({ name: "a b", tags: {}, role: { ...role, path: "/services/" } })),
      ),
    );
    assert.deepEqual(Object.keys(result), ["name", "tags", "role.path", "role.arn"]);
  });
});
