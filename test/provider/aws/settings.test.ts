import assert from "node:assert/strict";
import { awsSettings, settingProblems } from "../../../provider/aws/settings";

const role = (name: string) => `arn:aws:iam::111111111111:role/${name}`;

describe("provider configuration", () => {
  it("takes structured settings as they are, and as JSON text as a stack's file gives them", () => {
    const structured = {
      region: "eu-west-1",
      allowedAccountIds: ["111111111111"],
      assumeRoles: [{ roleArn: role("a") }, { roleArn: role("b"), externalId: "e" }],
      endpoints: [{ ssm: "http://localhost:1" }, { sts: "http://localhost:2" }],
    };
    const text = Object.fromEntries(
      Object.entries(structured).map(([name, value]) => [
        name,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    );
    for (const configuration of [structured, text]) {
      assert.deepEqual(settingProblems(configuration), []);
      assert.deepEqual(awsSettings(configuration), {
        region: "eu-west-1",
        allowedAccountIds: ["111111111111"],
        assumeRoles: structured.assumeRoles,
        endpoints: { ssm: "http://localhost:1", sts: "http://localhost:2" },
      });
    }
  });

  it("takes a single assumeRole as a list of one", () => {
    const { assumeRoles } = awsSettings({ assumeRole: { roleArn: role("a") } });
    assert.deepEqual(assumeRoles, [{ roleArn: role("a") }]);
  });

  it("finds everything wrong at once", () => {
    const problems = settingProblems({
      regin: "x",
      region: 1,
      accessKey: "a",
      allowedAccountIds: [111111111111],
      assumeRole: { roleArn: "a" },
      assumeRoles: [{}, { roleArn: role("b") }, { roleArn: "user/b" }],
      assumeRoleWithWebIdentity: { roleArn: "c" },
      endpoints: { ssm: "localhost" },
      version: "1.0.0",
    });
    assert.deepEqual(
      problems.map(({ property }) => property),
      [
        "regin",
        "region",
        "accessKey",
        "allowedAccountIds",
        "assumeRole.roleArn",
        "assumeRoles[0].roleArn",
        "assumeRoles[2].roleArn",
        "assumeRoleWithWebIdentity.roleArn",
        "endpoints.ssm",
      ],
    );
  });

  it("lets pass what a preview does not know yet", () => {
    const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
    assert.deepEqual(
      settingProblems({
        allowedAccountIds: [later],
        assumeRole: { roleArn: later },
        endpoints: [{ ssm: later }],
      }),
      [],
    );
  });
});
