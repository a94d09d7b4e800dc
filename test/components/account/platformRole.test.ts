import assert from "node:assert/strict";
import { PlatformRole, type PlatformRoleArgs } from "../../../components/account/platformRole";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { policyNamed, policyTooLong, tags } from "../support/organisation";
import { settle } from "../support/settle";

const args: PlatformRoleArgs = {
  roleName: "secrets-writers",
  description: "Puts values, reads none",
  trust: policyNamed("Trust"),
  policy: policyNamed("Writers"),
  tags,
};

describe("PlatformRole", () => {
  it("makes a role under /platform/ with its one inline policy", async () => {
    const { created, named, result } = await runProgram(() => new PlatformRole("writers", args));
    assert.deepEqual(created, [
      "aws:iam/role:Role writers-role",
      "aws:iam/rolePolicy:RolePolicy writers-policy",
    ]);
    assert.deepEqual(named("writers-role").inputs, {
      name: "secrets-writers",
      path: "/platform/",
      description: "Puts values, reads none",
      assumeRolePolicy: JSON.stringify(policyNamed("Trust")),
      maxSessionDuration: 3600,
      tags,
    });
    assert.deepEqual(named("writers-policy").inputs, {
      name: "secrets-writers",
      role: "secrets-writers",
      policy: JSON.stringify(policyNamed("Writers")),
    });
    assert.deepEqual(await settle(result.arn), ["arn:aws:iam::111111111111:role/platform/secrets-writers"]);
  });

  it("makes the role alone where it has nothing to do", async () => {
    const { created } = await runProgram(() => new PlatformRole("writers", { ...args, policy: undefined }));
    assert.deepEqual(created, ["aws:iam/role:Role writers-role"]);
  });

  it("takes the length of its sessions in hours", async () => {
    const { named } = await runProgram(() => new PlatformRole("writers", { ...args, sessionHours: 8 }));
    assert.equal(named("writers-role").inputs.maxSessionDuration, 28_800);
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new PlatformRole("writers", {
            roleName: "a".repeat(65),
            description: "two\nlines",
            trust: policyTooLong(),
            policy: policyTooLong(),
            sessionHours: 13,
            tags: { ...tags, owner: "" },
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "roleName",
      "description",
      "trust",
      "policy",
      "tags",
      "sessionHours",
    ]);
    assert(!JSON.stringify(result.description).includes("lines"), "free text must not be repeated");
  });
});
