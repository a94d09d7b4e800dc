import assert from "node:assert/strict";
import { inspect } from "node:util";
import { provided } from "../support/leftOut";
import { awsError } from "../support/moto/doubles";
import { type Cloud, makeSecret, startCloud, urn } from "./support/cloud";
import { plain, type PluginProcess, startPluginProcess } from "./support/pluginProcess";

const theUrn = urn("SecretValue", "orders-prod-database");
const shapes = [
  { form: "string" },
  { form: "fields", fields: ["id", "key"] },
  {
    form: "database",
    engine: "postgres",
    database: { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" },
  },
];

describe("no value leaves the plugin except to Secrets Manager", function () {
  this.timeout(240_000);
  let cloud: Cloud;
  let plugin: PluginProcess;
  before(async function () {
    this.timeout(720_000);
    cloud = await provided(this, startCloud);
    plugin = await startPluginProcess();
  });
  beforeEach(async () => {
    await cloud.reset();
    await plugin.configure(cloud.configuration);
  });
  after(async () => {
    await plugin?.stop();
    await cloud?.stop();
  });

  /** Random texts that went to Secrets Manager. */
  const sent = () =>
    cloud.proxy.calls
      .filter(({ action }) => action === "PutSecretValue")
      .flatMap(({ body }) => String(body.SecretString).match(/[A-Za-z0-9]{32}/g) ?? []);

  function assertNowhere(values: readonly string[], ...places: unknown[]) {
    const everything = [...places, plugin.logged, plugin.output(), plugin.argv]
      .map((place) =>
        inspect(place, { depth: 20, maxStringLength: null, maxArrayLength: null, showHidden: true }),
      )
      .join("\n");
    for (const value of values) assert.ok(!everything.includes(value), "a value is where none may be");
  }

  for (const shape of shapes) {
    it(`when it makes, reads and updates one of the form ${shape.form}`, async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      const inputs = plain((await plugin.check(theUrn, { secretId, shape })).getInputs());
      const preview = await plugin.create(theUrn, inputs, true);
      const created = await plugin.create(theUrn, inputs);
      const state = plain(created.getProperties());
      const read = await plugin.read({ urn: theUrn, id: secretId, properties: state, inputs });
      const news = { ...inputs, length: 40 };
      const place = { urn: theUrn, id: secretId, olds: state, oldInputs: inputs, news };
      const diff = await plugin.diff(place);
      const updated = await plugin.update(place);

      const values = sent();
      assert.equal(values.length, shape.form === "fields" ? 2 : 1);
      const messages = [preview, created, read, diff, updated].map((message) => message.toObject());
      assertNowhere(
        values,
        ...messages,
        [created, read, updated].map((message) => plain(message.getProperties())),
      );
    });

    it(`when AWS repeats the value in an error, of the form ${shape.form}`, async () => {
      const secretId = await makeSecret(cloud, "orders/prod/database");
      cloud.proxy.use({
        name: "an error that repeats the request",
        before: ({ action, body }) =>
          action === "PutSecretValue"
            ? awsError(
                "ValidationException",
                `invalid: ${String(body.SecretString)} in ${JSON.stringify(body)}`,
              )
            : undefined,
      });
      const inputs = plain((await plugin.check(theUrn, { secretId, shape })).getInputs());
      const error: unknown = await plugin.create(theUrn, inputs).then(
        () => assert.fail("no error"),
        (failure: unknown) => failure,
      );
      const values = sent();
      assert.ok(values.length > 0);
      assert.match(String((error as Error).message), /secretsmanager:PutSecretValue .*\[hidden\]/);
      assertNowhere(values, error);
    });
  }
});
