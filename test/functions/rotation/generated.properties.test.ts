import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import fc from "fast-check";
import { generatedRotator } from "../../../functions/rotation/generatedValue/rotator";
import { rotationMetrics } from "../../../model/functions/metrics";
import { fieldsTag } from "../../../model/functions/tags";
import { generatedCharacters, generatedLength } from "../../../model/values/generated";
import { rotationInProcess } from "../support/inProcess";
import { ServiceFault } from "../support/jsonService";
import { rotate, rotationFunctionArn, startRotation } from "../support/rotation";
import type { StoredSecret } from "../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../support/secretsManager";

describe("rotation of generated values", () => {
  let service: SecretsManagerDouble;
  const value = new RegExp(`^[${generatedCharacters}]{${generatedLength}}$`);

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

  afterEach(() => {
    service.hook = undefined;
  });

  let count = 0;
  function create(first: string | undefined, fields?: string): StoredSecret {
    const tags = fields === undefined ? {} : { [fieldsTag]: fields };
    const name = `orders/prod/key-${++count}`;
    return service.secrets.create(name, first, { rotationFunction: rotationFunctionArn, tags });
  }

  async function rotated(secret: StoredSecret): Promise<string> {
    await rotate(service.secrets, secret, rotationInProcess(service, secret, generatedRotator).invoke);
    return service.secrets.value(secret, {}).value;
  }

  it("one plain string", async () => {
    const secret = create("a first value");
    const first = await rotated(secret);
    assert.match(first, value);
    assert.notEqual(await rotated(secret), first);
  });

  it("the first version of a secret that has none", async () => {
    assert.match(await rotated(create(undefined)), value);
    const fields = JSON.parse(await rotated(create(undefined, "id signing-key"))) as Record<string, string>;
    assert.deepEqual(Object.keys(fields), ["id", "signing-key"]);
    for (const field of Object.values(fields)) assert.match(field, value);
  });

  it("JSON fields: all of them new, those of the tag before those of the current value", async () => {
    const first = { id: "a", key: "b" };
    const kept = JSON.parse(await rotated(create(JSON.stringify(first)))) as Record<string, string>;
    assert.deepEqual(Object.keys(kept), ["id", "key"]);
    assert.ok(kept.id !== kept.key && kept.id !== "a" && kept.key !== "b");
    const tagged = JSON.parse(await rotated(create(JSON.stringify(first), "key salt"))) as Record<
      string,
      string
    >;
    assert.deepEqual(Object.keys(tagged), ["key", "salt"]);
  });

  it("text that only looks like JSON fields is one plain string", async () => {
    for (const first of ["{not json", '{"a": 1}', "[]", "{}x"])
      assert.match(await rotated(create(first)), value);
  });

  it("a pending value without the fields wanted by now is given up", async () => {
    const secret = create('{"id":"a"}', "id");
    const { invoke } = rotationInProcess(service, secret, generatedRotator);
    const stuck = startRotation(service.secrets, secret);
    await invoke({ Step: "createSecret", SecretId: secret.arn, ClientRequestToken: stuck });
    secret.tags[fieldsTag] = "id key";
    await assert.rejects(rotated(secret), /can no longer become current: it is not a JSON object of id, key/);
    assert.deepEqual(Object.keys(JSON.parse(await rotated(secret)) as object), ["id", "key"]);
  });

  it("an empty value or one without its fields fails the test", async () => {
    for (const [pending, fields] of [
      ["", undefined],
      ["{}", undefined],
      ["plain", "id"],
      ['{"key":"a"}', "id"],
    ] as const) {
      const secret = create("first", fields);
      const { invoke } = rotationInProcess(service, secret, generatedRotator);
      service.secrets.put(secret, "pending", pending, ["AWSPENDING"]);
      await assert.rejects(
        invoke({ Step: "testSecret", SecretId: secret.arn, ClientRequestToken: "pending" }),
        /testSecret of .*: the value is (empty|not a JSON object of id)/,
      );
    }
  });

  it("invocations at once keep the first one's value", async () => {
    const secret = create("first");
    const { invoke } = rotationInProcess(service, secret, generatedRotator);
    const token = startRotation(service.secrets, secret);
    const event = { Step: "createSecret", SecretId: secret.arn, ClientRequestToken: token } as const;
    const sent: string[] = [];
    const together = new EventEmitter();
    // None is stored before each has made one of its own.
    service.hook = async ({ operation, input }, moment) => {
      if (operation !== "PutSecretValue" || moment !== "before") return;
      const all = once(together, "all");
      if (sent.push(String(input.SecretString)) === 3) together.emit("all");
      await all;
    };
    await Promise.all([invoke(event), invoke(event), invoke(event)]);
    assert.equal(new Set(sent).size, 3);
    const kept = service.secrets.value(secret, { version: token }).value;
    assert.ok(sent.includes(kept));
    assert.match(kept, value);
    assert.equal(secret.versions.length, 2);
  });

  it("an error of any API call, before or after it took effect, and the next attempt ends well", async () => {
    let failed = 0;
    for (let number = 1; failed === number - 1; number++) {
      for (const moment of ["before", "after"] as const) {
        const secret = create("first");
        let calls = 0;
        service.hook = (_, when) => {
          if (when === "before") calls += 1;
          if (calls !== number || when !== moment) return;
          failed = number;
          throw new ServiceFault("InternalServiceError", "try again", 500);
        };
        const outcome = await rotated(secret).catch(String);
        service.hook = undefined;
        if (failed === number) assert.match(outcome, /RotationError|^[A-Za-z0-9]{32}$/);
        assert.match(await rotated(secret), value);
        assert.equal(secret.versions.filter(({ stages }) => stages.has("AWSCURRENT")).length, 1);
      }
    }
    assert.ok(failed >= 12, `${failed} calls`);
  });

  it("binary secrets are refused", async () => {
    const secret = create(undefined);
    const handler = rotationInProcess(
      { ...service, client: () => binaryClient(service) },
      secret,
      generatedRotator,
    );
    await assert.rejects(rotate(service.secrets, secret, handler.invoke), /the secret holds binary data/);
  });

  it("writes one log line and one line of metrics a step, in the embedded metric format", async () => {
    const secret = create("first");
    const { invoke, lines } = rotationInProcess(service, secret, generatedRotator);
    const token = await rotate(service.secrets, secret, invoke);
    const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(written.length, 8);
    const [log, metrics] = written.slice(-2);
    assert.deepEqual(
      { ...log, timestamp: 0, requestId: "", milliseconds: 0 },
      {
        level: "INFO",
        timestamp: 0,
        message: "the pending version is current",
        requestId: "",
        step: "finishSecret",
        secret: secret.name,
        version: token,
        milliseconds: 0,
      },
    );
    assert.equal(metrics?.[rotationMetrics.succeeded], 1);
    assert.equal(typeof metrics?.[rotationMetrics.duration], "number");
    assert.deepEqual(metrics?._aws, {
      Timestamp: (metrics._aws as { Timestamp: number }).Timestamp,
      CloudWatchMetrics: [
        {
          Namespace: "SecretsPlatform",
          Dimensions: [["Function"]],
          Metrics: [
            { Name: "RotationSucceeded", Unit: "Count" },
            { Name: "RotationStepDuration", Unit: "Milliseconds" },
          ],
        },
      ],
    });
    assert.equal(metrics?.Function, "rotation-prod-postgres");
    assert.equal(written.filter((line) => rotationMetrics.succeeded in line).length, 1);
  });

  it("counts a failure once, with the reason and the remedy in the log", async () => {
    const secret = create("first");
    const { invoke, lines } = rotationInProcess(service, secret, generatedRotator);
    await assert.rejects(invoke({ Step: "setSecret", SecretId: secret.arn, ClientRequestToken: "unknown" }));
    const [log, metrics] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    assert.equal(log?.level, "ERROR");
    assert.match(String(log?.message), /no labelled version/);
    assert.match(String(log?.remedy), /rotate again/);
    assert.equal(metrics?.[rotationMetrics.failed], 1);
    assert.ok(!(rotationMetrics.succeeded in (metrics ?? {})));
  });

  it("any fields: a new value has exactly those, and never the old value", () => {
    const field = fc.stringMatching(/^[a-z][a-z-]{0,20}$/);
    fc.assert(
      fc.property(fc.uniqueArray(field, { minLength: 1, maxLength: 8 }), fc.boolean(), (fields, isTagged) => {
        const current = JSON.stringify(Object.fromEntries(fields.map((name) => [name, "old"])));
        const secret = {
          arn: "",
          name: "",
          rotationEnabled: true,
          rotationFunction: "",
          stages: {},
          tags: isTagged ? { [fieldsTag]: fields.join(" ") } : {},
        };
        const created = generatedRotator.create(secret, current);
        const values = JSON.parse(created) as Record<string, string>;
        assert.deepEqual(Object.keys(values).sort(), [...fields].sort());
        assert.equal(generatedRotator.misfit(secret, current, created), undefined);
        assert.ok(Object.values(values).every((made) => made !== "old"));
      }),
    );
  });
});

/** Answers every read with binary data, as for a secret somebody stored a file in. */
function binaryClient(service: SecretsManagerDouble) {
  const client = service.client();
  const send = client.send.bind(client) as (command: object) => Promise<object>;
  return Object.assign(client, {
    send: async (command: object) =>
      command.constructor.name === "GetSecretValueCommand"
        ? { SecretBinary: new Uint8Array([1]) }
        : send(command),
  });
}
