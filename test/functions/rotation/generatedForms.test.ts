import assert from "node:assert/strict";
import * as crypto from "node:crypto";
import { generatedValues } from "../../../functions/rotation/generatedValue/rotator";
import type { SettingsForms } from "../../../model/functions/settings";
import { fieldsTag } from "../../../model/functions/tags";
import { newKeyPair } from "../../../model/values/keyPair";
import { rotationInProcess } from "../support/inProcess";
import { rotate, rotationFunctionArn, startRotation } from "../support/rotation";
import type { StoredSecret } from "../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../support/secretsManager";

const name = "orders/prod/key";
const hex: SettingsForms = { value: { length: 64, alphabet: "hex" } };
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

describe("rotation of generated values of a form", () => {
  let service: SecretsManagerDouble;

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

  let count = 0;
  function create(first: string, fields?: string): StoredSecret {
    const tags = fields === undefined ? {} : { [fieldsTag]: fields };
    return service.secrets.create(`${name}-${++count}`, first, {
      rotationFunction: rotationFunctionArn,
      tags,
    });
  }

  function invoking(secret: StoredSecret, forms: SettingsForms) {
    return rotationInProcess(service, secret, generatedValues({ [secret.name]: forms })).invoke;
  }

  async function rotated(secret: StoredSecret, forms: SettingsForms): Promise<string> {
    await rotate(service.secrets, secret, invoking(secret, forms));
    return service.secrets.value(secret, {}).value;
  }

  it("has the settings' form, whatever the current value looks like", async () => {
    const secret = create('{"looks":"like fields"}');
    const first = await rotated(secret, hex);
    assert.match(first, /^[0-9a-f]{64}$/);
    assert.notEqual(await rotated(secret, hex), first);
    assert.match(await rotated(secret, { value: { uuid: true } }), uuid);
    assert.match(await rotated(secret, { value: { bytes: 32, encoding: "base64" } }), /^[A-Za-z0-9+/]{43}=$/);
    assert.match(await rotated(secret, {}), /^[A-Za-z0-9]{32}$/);
  });

  it("has the form of each field, and the default where none is told", async () => {
    const secret = create("first", "id key salt");
    const fields = { id: { uuid: true }, key: { bytes: 32, encoding: "hex" } } as const;
    const value = JSON.parse(await rotated(secret, { fields })) as Record<string, string>;
    assert.match(value.id ?? "", uuid);
    assert.match(value.key ?? "", /^[0-9a-f]{64}$/);
    assert.match(value.salt ?? "", /^[A-Za-z0-9]{32}$/);
  });

  it("is none of another secret's, nor of one named like a property of every object", async () => {
    const secret = create("first");
    const { invoke } = rotationInProcess(service, secret, generatedValues({ "orders/prod/other": hex }));
    await rotate(service.secrets, secret, invoke);
    assert.match(service.secrets.value(secret, {}).value, /^[A-Za-z0-9]{32}$/);
  });

  it("is the field's own, also where that is named like a property of every object", async () => {
    const secret = create("first", "constructor toString __proto__ id");
    const value = await rotated(secret, { fields: { id: { uuid: true } } });
    const { id, ...others } = Object.fromEntries(Object.entries(JSON.parse(value) as Record<string, string>));
    assert.match(id ?? "", uuid);
    assert.deepEqual(Object.keys(others), ["constructor", "toString", "__proto__"]);
    for (const text of Object.values(others)) assert.match(text, /^[A-Za-z0-9]{32}$/);
    await rotated(secret, { fields: { id: { uuid: true } } });
  });

  it("is one plain string again once the secret is a key pair no longer", async () => {
    const secret = create(newKeyPair("ed25519", crypto));
    assert.match(await rotated(secret, {}), /^[A-Za-z0-9]{32}$/);
    const previous = service.secrets.holder(secret, "AWSPREVIOUS")!.id;
    const event = { Step: "restoreSecret", SecretId: secret.arn, ClientRequestToken: previous } as const;
    await assert.rejects(invoking(secret, {})(event), /it is not one plain string/);
  });

  for (const [what, pending, fields, forms, reason] of [
    ["a plain string", "f".repeat(40), undefined, hex, /it is not 64 hex characters/],
    [
      "a field",
      '{"id":"made-before","key":"k"}',
      "id key",
      { fields: { id: { uuid: true } } },
      /its field id is not a UUID/,
    ],
  ] as const) {
    it(`${what} that an earlier attempt made in another form is given up, and not repeated`, async () => {
      const secret = create("first", fields);
      const token = startRotation(service.secrets, secret);
      service.secrets.put(secret, token, pending, ["AWSPENDING"]);
      const failure = await rotated(secret, forms).catch(String);
      assert.match(failure, reason);
      assert.doesNotMatch(failure, /ffff|made-before/);
      assert.equal(service.secrets.value(secret, {}).value, "first");
      assert.notEqual(await rotated(secret, forms), "first");
    });
  }

  it("does not stand in the way of a rollback to a value of the form before", async () => {
    const secret = create("first");
    await rotated(secret, hex);
    const previous = service.secrets.holder(secret, "AWSPREVIOUS")!.id;
    const event = { Step: "restoreSecret", SecretId: secret.arn, ClientRequestToken: previous } as const;
    await invoking(secret, hex)(event);
    assert.equal(service.secrets.value(secret, {}).value, "first");
  });
});
