import assert from "node:assert/strict";
import { PutSecretValueCommand } from "@aws-sdk/client-secrets-manager";
import { parseFormTag } from "../../../model/values/databaseForm";
import { formTag, unsetTag } from "../../../model/values/tags";
import { firstVersionId } from "../../../model/values/firstVersion";
import { inCloud } from "../../support/moto/inCloud";
import { crashing, losingTheAnswerOf } from "../../support/moto/doubles";
import { type Cloud, makeSecret, metadata, plugin, readValue, startCloud, urn } from "../support/cloud";

const theUrn = urn("SecretValue", "orders-prod-database");
const plain = { form: "string" };
const database = {
  form: "database",
  engine: "postgres",
  database: { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" },
};

describe("SecretValue, interrupted", () => {
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  const actions = () => cloud.proxy.calls.map(({ action }) => action).filter((action) => action !== "");
  const create = (wanted: Record<string, unknown>, attempts?: number) =>
    plugin(cloud.configuration, attempts === undefined ? {} : { attempts }).secretValue.create(
      theUrn,
      { length: 32, ...wanted },
      false,
    );

  describe("create after a crash", () => {
    for (const action of ["TagResource", "PutSecretValue", "UpdateSecretVersionStage"]) {
      for (const when of ["before", "after"] as const) {
        it(`${when} ${action} goes on from there, without a second value`, async () => {
          const secretId = await makeSecret(cloud, "orders/prod/database");
          cloud.proxy.use(crashing(when, action));
          await assert.rejects(create({ secretId, shape: database }, 1), /ECONNRESET|socket hang up/);
          const left = await readValue(cloud, secretId).catch(() => undefined);
          const isPut =
            action === "UpdateSecretVersionStage" || (action === "PutSecretValue" && when === "after");
          assert.equal(left !== undefined, isPut);

          cloud.proxy.forget();
          await create({ secretId, shape: database });
          if (left !== undefined) assert.equal(await readValue(cloud, secretId), left);
          const { stages, tags } = await metadata(cloud, secretId);
          assert.deepEqual(stages, { [firstVersionId(secretId)]: ["AWSCURRENT"] });
          assert.deepEqual(Object.keys(tags).sort(), [formTag, unsetTag]);
        });
      }
    }

    it("keeps the note of what a version is for that a crash left, though the manifest has changed", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      cloud.proxy.use(crashing("before", "PutSecretValue"));
      await assert.rejects(create({ secretId, shape: database }, 1));
      const moved = (host: string) => ({ ...database, database: { ...database.database, host } });
      const note = async () => parseFormTag((await metadata(cloud, secretId)).tags[formTag])?.fields["host"];
      const old = await note();

      // Nothing was put, so what is put now is for the new host.
      cloud.proxy.forget();
      cloud.proxy.use(crashing("before", "UpdateSecretVersionStage"));
      await assert.rejects(create({ secretId, shape: moved("db-2.prod.internal") }, 1));
      const second = await note();
      assert.notEqual(second, old);

      // Something was put, so that it stays for the second.
      cloud.proxy.forget();
      await create({ secretId, shape: moved("db-3.prod.internal") });
      assert.equal(await note(), second);
      assert.match(await readValue(cloud, secretId), /db-2/);
    });

    it("takes a lost answer for success when the value is there", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/key");
      cloud.proxy.use(losingTheAnswerOf("PutSecretValue"));
      await create({ secretId, shape: plain }, 1);
      assert.deepEqual(Object.values((await metadata(cloud, secretId)).stages), [["AWSCURRENT"]]);
    });

    it("changes nothing when run again after it succeeded", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/key");
      await create({ secretId, shape: plain });
      const value = await readValue(cloud, secretId);
      cloud.proxy.forget();
      await create({ secretId, shape: plain });
      assert.equal(await readValue(cloud, secretId), value);
      assert.deepEqual(actions(), ["DescribeSecret"]);
    });

    it("attaches AWSCURRENT to a version that a crash left without", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/key");
      // Stands for AWS not labelling the first version by itself.
      cloud.proxy.use({
        name: "first version without AWSCURRENT",
        after: (call, answer) => {
          if (call.action !== "DescribeSecret" || attached) return answer;
          return { ...answer, body: answer.body.replace(', "AWSCURRENT"', "") };
        },
        before: (call) => {
          if (call.action !== "UpdateSecretVersionStage" || call.body.MoveToVersionId === undefined)
            return undefined;
          attached = true;
          return { status: 200, body: "{}" };
        },
      });
      let attached = false;
      await create({ secretId, shape: plain });
      assert.ok(attached);
    });
  });

  describe("create beside someone who sets the value in the same moment", () => {
    const theirs = "b".repeat(32);

    it("leaves their value current and takes its tag back", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      cloud.proxy.use({
        name: "platform set between two calls",
        after: async (call, answer) => {
          if (call.action === "TagResource") {
            await cloud.secrets.send(
              new PutSecretValueCommand({
                SecretId: secretId,
                SecretString: "live",
                ClientRequestToken: theirs,
              }),
            );
          }
          return answer;
        },
      });
      const made = await create({ secretId, shape: database });

      assert.equal(await readValue(cloud, secretId), "live");
      assert.equal(made.state.versionId, theirs);
      const { stages, tags } = await metadata(cloud, secretId);
      assert.deepEqual(Object.keys(tags), [formTag]);
      assert.deepEqual(stages[firstVersionId(secretId)] ?? [], []);
    });
  });
});
