import assert from "node:assert/strict";
import {
  DeleteSecretCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { externalPartner, keptFields } from "../../../model/aws/externalSecrets";
import { databaseForm, formSince, parseFormTag } from "../../../model/values/databaseForm";
import { databaseSecretValue } from "../../../model/values/databaseSecret";
import { keyPairKindIn } from "../../../model/values/keyPair";
import { formTag, unsetTag } from "../../../model/values/tags";
import { isUnknown } from "../../../provider/protocol/properties";
import { firstVersionId } from "../../../model/values/firstVersion";
import { fakeClock } from "../../support/fakeClock";
import { inCloud } from "../../support/moto/inCloud";
import { type Cloud, makeSecret, metadata, plugin, readValue, startCloud, urn } from "../support/cloud";

const theUrn = urn("SecretValue", "orders-prod-database");
const plain = { form: "string" };
const database = {
  form: "database",
  engine: "documentdb" as const,
  ssl: true,
  database: { host: "db.prod.internal", port: 27017, name: "orders", username: "orders" },
};

describe("SecretValue", () => {
  let cloud: Cloud;
  inCloud(startCloud, (started) => (cloud = started));

  const actions = () => cloud.proxy.calls.map(({ action }) => action).filter((action) => action !== "");

  async function create(wanted: Record<string, unknown>) {
    const tested = plugin(cloud.configuration, { clock: fakeClock() });
    const { inputs, problems } = tested.secretValue.check(wanted);
    assert.deepEqual(problems, []);
    return tested.secretValue.create(theUrn, inputs, false);
  }

  describe("create", () => {
    it("gives an empty secret one plain random text and returns none of it", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/webhook-signing-key");
      const made = await create({ secretId, shape: plain });

      const value = await readValue(cloud, secretId);
      assert.match(value, /^[A-Za-z0-9]{32}$/);
      assert.deepEqual(made, {
        id: secretId,
        state: { secretId, shape: plain, length: 32, versionId: firstVersionId(secretId) },
      });
      assert.deepEqual(await metadata(cloud, secretId), {
        stages: { [firstVersionId(secretId)]: ["AWSCURRENT"] },
        tags: {},
      });
    });

    it("makes each field of a secret with fields random", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/partner");
      await create({ secretId, shape: { form: "fields", fields: ["id", "key"] }, length: 24 });

      const value = JSON.parse(await readValue(cloud, secretId)) as Record<string, string>;
      assert.deepEqual(Object.keys(value), ["id", "key"]);
      assert.match(value.id ?? "", /^[A-Za-z0-9]{24}$/);
      assert.match(value.key ?? "", /^[A-Za-z0-9]{24}$/);
      assert.notEqual(value.id, value.key);
    });

    it("makes one text, or each field, in the form that is asked for", async () => {
      const oneText = await makeSecret(cloud, "orders/prod/session-key");
      await create({
        secretId: oneText,
        shape: { form: "string", generated: { length: 64, alphabet: "hex" } },
      });
      assert.match(await readValue(cloud, oneText), /^[0-9a-f]{64}$/);

      // A field may be called like a property of every object.
      const fields = await makeSecret(cloud, "orders/prod/client");
      const generated = { id: { uuid: true }, key: { bytes: 32, encoding: "base64url" } };
      await create({
        secretId: fields,
        shape: { form: "fields", fields: ["id", "key", "constructor"], generated },
      });
      const value = JSON.parse(await readValue(cloud, fields)) as Record<string, string>;
      assert.match(value.id ?? "", /^[0-9a-f-]{36}$/);
      assert.match(value.key ?? "", /^[A-Za-z0-9_-]{43}$/);
      assert.match(value.constructor as unknown as string, /^[A-Za-z0-9]{32}$/);
    });

    it("makes a key pair, of which nothing private is in what comes back", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/token-key");
      const made = await create({ secretId, shape: { form: "key-pair", kind: "p-256" } });
      const value = await readValue(cloud, secretId);
      assert.equal(keyPairKindIn(value), "p-256");
      assert.doesNotMatch(JSON.stringify(made), /PRIVATE/);
    });

    it("gives a partner's secret a stand-in that is sent to nobody, tagged as unset", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/crm");
      const type = "SalesforceClientSecret";
      const made = await create({
        secretId,
        shape: { form: "external", type, fields: keptFields(type, {}) },
      });
      const text = await readValue(cloud, secretId);
      const value = JSON.parse(text) as Record<string, string>;
      assert.deepEqual(Object.keys(value), keptFields(type, {}));
      for (const [field, { form, standIn }] of Object.entries(externalPartner(type).fields)) {
        assert.match(value[field] ?? "", form?.pattern ?? /^[A-Za-z0-9]{32}$/, field);
        if (standIn !== undefined) assert.equal(value[field], standIn);
      }
      assert.match(value["baseUri"] ?? "", /\.invalid$/);
      assert.ok(!JSON.stringify(made).includes(value["consumerSecret"] ?? "?"));
      assert.deepEqual((await metadata(cloud, secretId)).tags, { [unsetTag]: "true" });
    });

    it("gives a database secret its complete JSON, tagged as unset", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      const masterArn = await makeSecret(cloud, "orders/prod/database-admin");
      await create({ secretId, shape: database, masterArn });

      const { password, ...rest } = JSON.parse(await readValue(cloud, secretId)) as Record<string, unknown>;
      assert.match(String(password), /^[A-Za-z0-9]{32}$/);
      assert.deepEqual(rest, {
        engine: "mongo",
        host: "db.prod.internal",
        port: 27017,
        dbname: "orders",
        username: "orders",
        ssl: true,
        masterarn: masterArn,
      });
      const { [formTag]: form, ...others } = (await metadata(cloud, secretId)).tags;
      assert.deepEqual(others, { [unsetTag]: "true" });
      const wanted = databaseForm((text) => databaseSecretValue(database, text, masterArn));
      assert.deepEqual(parseFormTag(form), formSince(wanted, firstVersionId(secretId)));
    });

    it("gives it addresses of the password that it made up, and notes none of them", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      const shape = {
        ...{ ...database, engine: "postgres" },
        connection: { url: "uri", readerHost: "reader.prod.internal", tls: "require" },
      };
      const made = await create({ secretId, shape });
      const value = JSON.parse(await readValue(cloud, secretId)) as Record<string, string>;
      const { password = "", url, readerUrl, readerHost } = value;
      assert.equal(url, `postgresql://orders:${password}@db.prod.internal:27017/orders?sslmode=require`);
      assert.equal(readerUrl, url?.replace("db.prod", "reader.prod"));
      assert.equal(readerHost, "reader.prod.internal");
      assert.ok(!JSON.stringify(made).includes(password));
      const { [formTag]: form } = (await metadata(cloud, secretId)).tags;
      const login = { ...database, engine: "postgres" } as const;
      const wanted = databaseForm((text) => databaseSecretValue(login, text));
      assert.deepEqual(parseFormTag(form), formSince(wanted, firstVersionId(secretId)));
    });

    it("makes different values for different secrets", async () => {
      const ids = await Promise.all(["a", "b"].map((name) => makeSecret(cloud, `orders/prod/${name}`)));
      for (const secretId of ids) await create({ secretId, shape: plain });
      const values = await Promise.all(ids.map((secretId) => readValue(cloud, secretId)));
      assert.notEqual(values[0], values[1]);
    });

    it("leaves a live value alone and does not tag it", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database", "live");
      const before = await metadata(cloud, secretId);
      const made = await create({ secretId, shape: database });

      assert.equal(await readValue(cloud, secretId), "live");
      assert.deepEqual(await metadata(cloud, secretId), before);
      assert.equal(made.state.versionId, Object.keys(before.stages)[0]);
      assert.deepEqual(actions(), ["DescribeSecret"]);
    });

    it("does nothing in a preview", async () => {
      const made = await plugin(cloud.configuration).secretValue.create(theUrn, { shape: plain }, true);
      assert.equal(made.id, "");
      assert.ok(isUnknown(made.state.versionId));
      assert.deepEqual(cloud.proxy.calls, []);
    });

    it("says what to do about a secret that is scheduled for deletion, or missing", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/key");
      await cloud.secrets.send(new DeleteSecretCommand({ SecretId: secretId, RecoveryWindowInDays: 7 }));
      await assert.rejects(create({ secretId, shape: plain }), /scheduled for deletion; restore it/);
      const missing = secretId.replace("orders/prod/key", "orders/prod/none");
      await assert.rejects(
        create({ secretId: missing, shape: plain }),
        /there is no secret .*pulumi up --refresh/,
      );
    });
  });

  describe("read", () => {
    const read = (id: string, inputs: object = {}, state: object = {}) =>
      plugin(cloud.configuration).secretValue.read({
        urn: theUrn,
        id,
        state: { ...state },
        inputs: { ...inputs },
      });

    it("keeps what it knows and asks for metadata only", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/key", "live");
      const inputs = { secretId, shape: plain, length: 32 };
      assert.deepEqual(await read(secretId, inputs, { ...inputs, versionId: "first" }), {
        id: secretId,
        state: { ...inputs, versionId: "first" },
        inputs,
      });
      assert.deepEqual(actions(), ["DescribeSecret"]);
    });

    it("imports by ARN", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/key", "live");
      const found = await read(secretId);
      assert.deepEqual(found?.inputs, { secretId });
    });

    it("reports it gone with its secret, or while it has no value", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/key");
      assert.equal(await read(secretId), undefined);
      await create({ secretId, shape: plain });
      assert.notEqual(await read(secretId), undefined);
      await cloud.secrets.send(new DeleteSecretCommand({ SecretId: secretId, RecoveryWindowInDays: 7 }));
      assert.equal(await read(secretId), undefined);
      await cloud.secrets.send(new RestoreSecretCommand({ SecretId: secretId }));
      assert.notEqual(await read(secretId), undefined);
    });
  });

  describe("update and delete", () => {
    it("write nothing, and say that a changed shape waits for the next version", async () => {
      const tested = plugin(cloud.configuration);
      const known = { urn: theUrn, id: "a", inputs: {}, state: { versionId: "first" } };
      const wanted = { secretId: "a", shape: { form: "fields", fields: ["id"] }, length: 32 };
      assert.deepEqual(await tested.secretValue.update(known, wanted, false), {
        ...wanted,
        versionId: "first",
      });
      await tested.secretValue.delete(known);
      assert.deepEqual(cloud.proxy.calls, []);
      assert.match(tested.logged[0]?.message ?? "", /next version only/);
    });
  });

  describe("update to or from the login of a database", () => {
    const external = { form: "external", type: "BigIDClientSecret", fields: ["hostname", "refreshToken"] };
    const shapes = { plain, database, external };
    const update = async (
      secretId: string,
      from: keyof typeof shapes,
      to: keyof typeof shapes,
      preview = false,
    ) => {
      const tested = plugin(cloud.configuration);
      const known = { urn: theUrn, id: secretId, inputs: { secretId, shape: shapes[from] }, state: {} };
      await tested.secretValue.update(known, { secretId, shape: shapes[to] }, preview);
      return tested.logged[0]?.message ?? "";
    };
    const tagged = async (secretId: string, tags: Readonly<Record<string, string>>) => {
      const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
      await cloud.secrets.send(new TagResourceCommand({ SecretId: secretId, Tags: list }));
    };
    const tags = async (secretId: string) => (await metadata(cloud, secretId)).tags;

    it("a text that was made here is no login: unset until somebody supplies one", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database", "made");
      await update(secretId, "plain", "database", true);
      assert.deepEqual(await tags(secretId), {});
      const said = await update(secretId, "plain", "database");
      assert.match(said, /`npx platform set orders\/prod\/database` supplies one/);
      assert.deepEqual(await tags(secretId), { [unsetTag]: "true" });
      assert.equal(await readValue(cloud, secretId), "made");
    });

    it("a login that was supplied before the update stays set", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database", "made");
      await tagged(secretId, { [formTag]: "host=1a2b3c4d" });
      await update(secretId, "plain", "database");
      assert.deepEqual(await tags(secretId), { [formTag]: "host=1a2b3c4d" });
    });

    it("what was to come from outside is made here from now on", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      await create({ secretId, shape: database });
      const said = await update(secretId, "database", "plain");
      assert.match(said, /next version only.*`npx platform rotate orders\/prod\/database`/);
      assert.deepEqual(await tags(secretId), {});
      await update(secretId, "database", "plain");
    });

    it("a partner's credential comes from outside as well", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/crm", "made");
      const said = await update(secretId, "plain", "external");
      assert.match(said, /`npx platform set orders\/prod\/crm` supplies one with the partner's fields/);
      assert.deepEqual(await tags(secretId), { [unsetTag]: "true" });
      await update(secretId, "external", "plain");
      assert.deepEqual(await tags(secretId), {});
      await tagged(secretId, { [formTag]: "host=1a2b3c4d" });
      await update(secretId, "database", "external");
      assert.equal((await tags(secretId))[unsetTag], "true");
    });

    it("a newly asked address is noted, and told to be rotated; no value is written", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database", "supplied");
      const note = "host=1a2b3c4d since=1a2b3c4d";
      await tagged(secretId, { [formTag]: note });
      const asked = (shape: object) => ({ secretId, shape: { ...shape, connection: url } });
      const url = { url: "uri", tls: "verify-full" };
      const change = async (inputs: object, wanted: object, preview = false) => {
        const tested = plugin(cloud.configuration);
        await tested.secretValue.update(
          { urn: theUrn, id: secretId, inputs: { ...inputs }, state: {} },
          { ...wanted },
          preview,
        );
        return tested.logged[0]?.message ?? "";
      };
      const plainLogin = { secretId, shape: database };
      await change(plainLogin, asked(database), true);
      assert.deepEqual(await tags(secretId), { [formTag]: note });
      const before = Math.floor(Date.now() / 1000);
      const said = await change(plainLogin, asked(database));
      assert.match(said, /connection fields.*`npx platform rotate orders\/prod\/database` makes one/);
      assert.ok(!said.includes("platform set"), said);
      const noted = parseFormTag((await tags(secretId))[formTag]);
      assert.deepEqual({ ...noted, asked: 0 }, { ...parseFormTag(note), asked: 0 });
      assert.ok((noted?.asked ?? 0) >= before);
      assert.equal(await readValue(cloud, secretId), "supplied");
      // What is no longer asked for needs nothing.
      await tagged(secretId, { [formTag]: note });
      assert.match(await change(asked(database), plainLogin), /`npx platform rotate/);
      assert.deepEqual(await tags(secretId), { [formTag]: note });
      // Another host beside it is for `platform set`.
      const elsewhere = { ...database, database: { ...database.database, host: "other" } };
      assert.match(await change(plainLogin, asked(elsewhere)), /`npx platform set orders/);
    });

    it("a login that was never supplied has nothing noted with it", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      await create({ secretId, shape: database });
      const before = await tags(secretId);
      const shape = { ...database, connection: { url: "uri", tls: "verify-full" } };
      const known = { urn: theUrn, id: secretId, inputs: { secretId, shape: database }, state: {} };
      await plugin(cloud.configuration).secretValue.update(known, { secretId, shape }, false);
      assert.deepEqual(await tags(secretId), before);
    });

    it("a changed host waits for platform set; rotating is not told", async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      await create({ secretId, shape: database });
      const before = await metadata(cloud, secretId);
      const said = await update(secretId, "database", "database");
      assert.match(said, /rotations copy these on\. `npx platform set orders\/prod\/database`/);
      assert.deepEqual(await metadata(cloud, secretId), before);
    });
  });

  it("keeps the label of the first version off later ones", async () => {
    const secretId = await makeSecret(cloud, "orders/prod/key");
    await create({ secretId, shape: plain });
    const next = "c".repeat(32);
    await cloud.secrets.send(
      new PutSecretValueCommand({ SecretId: secretId, SecretString: "next", ClientRequestToken: next }),
    );
    await cloud.secrets.send(
      new UpdateSecretVersionStageCommand({
        SecretId: secretId,
        VersionStage: "AWSPREVIOUS",
        RemoveFromVersionId: firstVersionId(secretId),
      }),
    );
    assert.deepEqual((await metadata(cloud, secretId)).stages, { [next]: ["AWSCURRENT"] });
  });
});
