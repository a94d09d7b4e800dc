import assert from "node:assert/strict";
import { generatedRotator } from "../../../functions/rotation/generatedValue/rotator";
import { rotationHandler } from "../../../functions/rotation/handler";
import { rotationInProcess } from "../support/inProcess";
import { lambdaContext, rotate, rotationFunctionArn, startRotation } from "../support/rotation";
import type { StoredSecret } from "../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../support/secretsManager";

describe("what a rotation function refuses", () => {
  let service: SecretsManagerDouble;

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

  function create(settings: Partial<StoredSecret> = {}): StoredSecret {
    const name = `orders/prod/${Math.random().toString(36).slice(2)}`;
    return service.secrets.create(name, "first", { rotationFunction: rotationFunctionArn, ...settings });
  }

  function invoke(
    secret: StoredSecret,
    event: object,
    allowed = [secret.name],
    functionArn = rotationFunctionArn,
  ) {
    const handler = rotationHandler({
      client: service.client(),
      rotator: generatedRotator,
      settings: { secrets: allowed },
      write: () => undefined,
    });
    return handler(
      { Step: "createSecret", SecretId: secret.arn, ClientRequestToken: "token", ...event },
      lambdaContext(functionArn),
    );
  }

  const foreign = /this secret is not one this function was deployed to rotate/;

  it("a secret it was not deployed for, without asking anything about it", async () => {
    const secret = create();
    const calls = service.calls.length;
    await assert.rejects(invoke(secret, {}, ["orders/prod/another"]), foreign);
    await assert.rejects(invoke(secret, {}, [`${secret.name}x`, secret.name.slice(0, -1)]), foreign);
    assert.equal(service.calls.length, calls);
  });

  it("an allowed name in another account, region or partition", async () => {
    const secret = create();
    for (const place of [
      "aws:secretsmanager:eu-west-1:222222222222",
      "aws:secretsmanager:us-east-1:111111111111",
      "aws-cn:secretsmanager:eu-west-1:111111111111",
    ]) {
      await assert.rejects(
        invoke(secret, { SecretId: `arn:${place}:secret:${secret.name}-AbCdEf` }),
        foreign,
      );
    }
  });

  it("a name in place of an ARN", async () => {
    const secret = create();
    await assert.rejects(invoke(secret, { SecretId: secret.name }), foreign);
  });

  it("a secret whose rotation is not enabled", async () => {
    await assert.rejects(invoke(create({ rotationEnabled: false }), {}), /rotation is not enabled/);
  });

  it("a secret that another function rotates, or none", async () => {
    const other = `${rotationFunctionArn}-other`;
    await assert.rejects(
      invoke(create({ rotationFunction: other }), {}),
      new RegExp(`is rotated by ${other}`),
    );
    await assert.rejects(invoke(create({ rotationFunction: undefined }), {}), /is rotated by no function/);
  });

  it("but not its own under a version or alias", async () => {
    const secret = create({ rotationFunction: `${rotationFunctionArn}:live` });
    const ClientRequestToken = startRotation(service.secrets, secret);
    await invoke(secret, { ClientRequestToken }, [secret.name], `${rotationFunctionArn}:7`);
  });

  it("a token the secret does not know", async () => {
    await assert.rejects(invoke(create(), {}), /no labelled version of the given token/);
  });

  it("a token that is not pending, naming the rotation that is", async () => {
    const secret = create();
    const { invoke: step } = rotationInProcess(service, secret, generatedRotator);
    await rotate(service.secrets, secret, step);
    const previous = service.secrets.holder(secret, "AWSPREVIOUS")?.id ?? "";
    await assert.rejects(
      invoke(secret, { ClientRequestToken: previous }),
      /is not AWSPENDING but AWSPREVIOUS/,
    );
    const pending = startRotation(service.secrets, secret);
    await assert.rejects(
      invoke(secret, { ClientRequestToken: previous }),
      new RegExp(`version ${pending} of another rotation is pending.*platform unstick`),
    );
    assert.equal(service.secrets.holder(secret, "AWSPENDING")?.id, pending);
  });

  it("what is not a rotation event", async () => {
    const secret = create();
    for (const event of [
      { Step: "dropSecret" },
      { Step: undefined },
      { ClientRequestToken: 7 },
      { SecretId: null },
    ]) {
      await assert.rejects(invoke(secret, event), /the event is not a rotation event/);
    }
    const handler = rotationHandler({
      client: service.client(),
      rotator: generatedRotator,
      settings: { secrets: [] },
      write: () => undefined,
    });
    for (const event of [undefined, null, "createSecret", []]) {
      await assert.rejects(handler(event, lambdaContext()), /the event is not a rotation event/);
    }
  });

  it("nothing of a version that is current already: each step is done", async () => {
    const secret = create();
    const ClientRequestToken = service.secrets.holder(secret, "AWSCURRENT")?.id ?? "";
    for (const Step of ["createSecret", "setSecret", "testSecret", "finishSecret", "restoreSecret"]) {
      await invoke(secret, { Step, ClientRequestToken });
    }
    assert.equal(secret.versions.length, 1);
  });
});
