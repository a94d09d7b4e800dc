import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DeleteSecretCommand } from "@aws-sdk/client-secrets-manager";
import { DeleteParameterCommand } from "@aws-sdk/client-ssm";
import { provided } from "../support/leftOut";
import { crashing } from "../support/moto/doubles";
import { type Cloud, keyArn, makeSecret, ours, plugin, startCloud, urn } from "./support/cloud";

/** Every action the plugin may call; what reads or writes over a value is not among them. */
const allowed = new Set([
  "AddTagsToResource",
  "DeleteParameter",
  "DescribeParameters",
  "DescribeSecret",
  "GetCallerIdentity",
  "ListSecrets",
  "ListTagsForResource",
  "PutParameter",
  "PutResourcePolicy",
  "PutSecretValue",
  "RemoveTagsFromResource",
  "RestoreSecret",
  "TagResource",
  "UntagResource",
  "UpdateSecretVersionStage",
]);

describe("no code path of the plugin reads a value", () => {
  const sources = ["provider", "aws"].flatMap((name) => {
    const folder = resolve(__dirname, "../..", name);
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => ({ file, text: readFileSync(join(folder, file), "utf8") }));
  });

  it("sends no other commands, by its sources", () => {
    const commands = sources.flatMap(({ text }) =>
      [...text.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => name),
    );
    assert.ok(commands.length > 0);
    assert.deepEqual(
      [...new Set(commands)].filter((name) => !allowed.has(name ?? "")),
      [],
    );
  });

  it("asks for no decryption and overwrites nothing, by its sources", () => {
    const words =
      /WithDecryption|Overwrite|BatchGetSecretValue|GetSecretValue|GetParameter|GetRandomPassword/;
    assert.deepEqual(
      sources.filter(({ text }) => words.test(text)).map(({ file }) => file),
      [],
    );
  });

  describe("by what it sends", () => {
    let cloud: Cloud;
    before(async function () {
      this.timeout(720_000);
      cloud = await provided(this, startCloud);
    });
    after(() => cloud?.stop());

    it("in a life with crash, drift, expiry, import and restoring", async () => {
      const { parameter, secretValue, restoreSecrets } = plugin(cloud.configuration);
      const parameterUrn = urn("ExpiringParameter", "p");
      const secretUrn = urn("SecretValue", "s");
      const inputs = {
        name: "/orders/prod/partner-token",
        description: "",
        keyId: keyArn,
        expires: { never: false, afterDays: 90, warnDays: 14 },
        tags: { owner: "orders-team@example.com" },
      };
      cloud.proxy.use(crashing("after", "PutParameter"));
      await assert.rejects(
        plugin(cloud.configuration, { attempts: 1 }).parameter.create(parameterUrn, inputs, false),
      );
      cloud.proxy.forget();
      const { state } = await parameter.create(parameterUrn, inputs, false);
      const known = { urn: parameterUrn, id: inputs.name, state, inputs };
      const news = { ...inputs, keyId: "alias/prod/configuration", tags: {} };
      await parameter.read(known);
      const updated = await parameter.update(known, news, false);
      await parameter.diff({ ...known, state: updated, inputs: news }, news);
      await parameter.read({ ...known, state: {}, inputs: {} });
      await parameter.delete(known);
      await cloud.ssm.send(new DeleteParameterCommand({ Name: inputs.name })).catch(() => undefined);
      await parameter.read(known);

      const secretId = await makeSecret(cloud, "orders/prod/database", undefined, ours);
      const shape = {
        form: "database",
        engine: "postgres",
        database: { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" },
      };
      const made = await secretValue.create(secretUrn, { secretId, shape, length: 32 }, false);
      const secret = {
        urn: secretUrn,
        id: secretId,
        state: made.state,
        inputs: { secretId, shape, length: 32 },
      };
      await secretValue.read(secret);
      await secretValue.update(secret, { secretId, shape: { form: "string" }, length: 32 }, false);
      await secretValue.delete(secret);
      await cloud.secrets.send(new DeleteSecretCommand({ SecretId: secretId, RecoveryWindowInDays: 7 }));
      const names = ["orders/prod/database"];
      const keyArns = { "orders/prod/database": [keyArn] };
      await restoreSecrets({ names, keyArns, dryRun: false }, false);

      const sent = new Set(cloud.proxy.calls.map(({ action }) => action).filter((action) => action !== ""));
      assert.ok(sent.has("RestoreSecret") && sent.size >= 8, [...sent].join());
      assert.deepEqual(
        [...sent].filter((action) => !allowed.has(action)),
        [],
      );
      for (const { action, body } of cloud.proxy.calls) {
        assert.equal(body.WithDecryption, undefined);
        if (action === "PutParameter") assert.equal(body.Overwrite, undefined);
      }
    });
  });
});
