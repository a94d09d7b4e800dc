import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openSession } from "../../../provider/aws/session";
import { awsSettings } from "../../../provider/aws/settings";
import { provided } from "../../support/leftOut";
import { type Cloud, startCloud } from "../support/cloud";

describe("session", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  before(async function () {
    this.timeout(720_000);
    cloud = await provided(this, startCloud);
  });
  after(() => cloud?.stop());

  const open = (changed: Record<string, unknown> = {}, removed: readonly string[] = []) => {
    const whole = { ...cloud.configuration, ...changed };
    const kept = Object.entries(whole).filter(([name]) => !removed.includes(name));
    return openSession(awsSettings(Object.fromEntries(kept)), 1);
  };

  it("acts as the credentials of the settings", async () => {
    const { account, region, partition, as } = await open();
    assert.deepEqual(
      { account, region, partition, as },
      {
        account: "111111111111",
        region: "eu-west-1",
        partition: "aws",
        as: "arn:aws:sts::111111111111:assumed-role/deployer/test",
      },
    );
  });

  it("assumes the roles of the settings, one by way of the other", async () => {
    const assumeRoles = [
      { roleArn: "arn:aws:iam::222222222222:role/hop" },
      { roleArn: "arn:aws:iam::333333333333:role/teams/deployer", sessionName: "up", externalId: "e" },
    ];
    const { account, as } = await open({ assumeRoles, allowedAccountIds: ["333333333333"] });
    assert.deepEqual([account, as], ["333333333333", "arn:aws:sts::333333333333:assumed-role/deployer/up"]);
  });

  it("refuses an account that the stack may not touch", async () => {
    await assert.rejects(open({ allowedAccountIds: ["222222222222", "333333333333"] }), (error: Error) => {
      assert.equal(
        error.message,
        "these credentials are of account 111111111111 (arn:aws:sts::111111111111:assumed-role/deployer/test); this stack may touch " +
          "only 222222222222, 333333333333; use the credentials of the stack's own account (AWS_PROFILE, or " +
          "aws:profile in the stack's file), or correct aws:allowedAccountIds there",
      );
      return true;
    });
  });

  it("takes any account where none is pinned", async () => {
    assert.equal((await open({}, ["allowedAccountIds"])).account, "111111111111");
  });

  describe("with the environment", () => {
    const folder = mkdtempSync(join(tmpdir(), "aws-profile-"));
    const names = [
      "AWS_CONFIG_FILE",
      "AWS_SHARED_CREDENTIALS_FILE",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_REGION",
    ];
    const kept = names.map((name) => [name, process.env[name]] as const);
    before(() => {
      writeFileSync(join(folder, "config"), "[profile orders]\nregion = eu-north-1\n");
      const { accessKey, secretKey, token } = cloud.configuration;
      writeFileSync(
        join(folder, "credentials"),
        `[orders]\naws_access_key_id = ${String(accessKey)}\naws_secret_access_key = ${String(secretKey)}\n` +
          `aws_session_token = ${String(token)}\n`,
      );
      process.env.AWS_CONFIG_FILE = join(folder, "config");
      process.env.AWS_SHARED_CREDENTIALS_FILE = join(folder, "credentials");
      process.env.AWS_EC2_METADATA_DISABLED = "true";
      delete process.env.AWS_REGION;
    });
    after(() => {
      for (const [name, value] of kept)
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      rmSync(folder, { recursive: true });
    });

    it("takes a profile's credentials", async () => {
      const { account } = await open({ profile: "orders" }, ["accessKey", "secretKey", "token"]);
      assert.equal(account, "111111111111");
    });

    it("says how to get credentials where there are none", async () => {
      await assert.rejects(
        open({ profile: "nobody" }, ["accessKey", "secretKey", "token"]),
        /there are no AWS credentials here \(\w+: .*\); sign in, or name a profile/,
      );
    });

    it("says how to name the region where there is none", async () => {
      await assert.rejects(open({}, ["region"]), /name the region \(aws:region in the stack's file\)/);
    });
  });
});
