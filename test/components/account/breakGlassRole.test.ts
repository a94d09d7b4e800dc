import assert from "node:assert/strict";
import { BreakGlassRole, type BreakGlassRoleArgs } from "../../../components/account/breakGlassRole";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { policyNamed, tags } from "../support/organisation";
import { settle } from "../support/settle";

const args: BreakGlassRoleArgs = {
  roleName: "secrets-break-glass",
  description: "Reads whatever this account holds when nothing else helps",
  trust: policyNamed("Trust"),
  policy: policyNamed("ReadAll"),
  tags,
};

describe("BreakGlassRole", () => {
  it("makes a role whose sessions last an hour", async () => {
    const { created, named, result } = await runProgram(() => new BreakGlassRole("break-glass", args));
    assert.deepEqual(created, [
      "aws:iam/role:Role break-glass-role",
      "aws:iam/rolePolicy:RolePolicy break-glass-policy",
    ]);
    const { inputs } = named("break-glass-role");
    assert.equal(inputs.maxSessionDuration, 3600);
    assert.equal(inputs.path, "/platform/");
    assert.equal(inputs.assumeRolePolicy, JSON.stringify(policyNamed("Trust")));
    assert.equal(named("break-glass-policy").inputs.policy, JSON.stringify(policyNamed("ReadAll")));
    assert.deepEqual(await settle(result.arn), [
      "arn:aws:iam::111111111111:role/platform/secrets-break-glass",
    ]);
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(() => new BreakGlassRole("break-glass", { ...args, roleName: "a b", tags: {} })),
    );
    assert.deepEqual(Object.keys(result), ["roleName", "tags"]);
  });
});
