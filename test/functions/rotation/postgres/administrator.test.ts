import assert from "node:assert/strict";
import { provided } from "../../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import { createDatabase, currentLogin, logIn, type TestDatabase } from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate, rotationFunctionArn } from "../../support/rotation";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

/** Whoever may write a secret must not get the function to use another administrator than the manifest's. */
describe("the administrator of alternating users", function () {
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;
  let database: TestDatabase;
  let count = 0;

  before(async function () {
    this.timeout(120_000);
    postgres = await provided(this, startPostgres);
    service = await startSecretsManager();
    database = await createDatabase(postgres);
  });

  after(async () => {
    await service?.close();
    await postgres?.remove();
  });

  /**
   * `deployed` is the administrator of the function's settings, or all of that list: unless given, the one that
   * `masterarn` names.
   */
  function rotateWith(masterarn: string, login: object = {}, deployed?: string | Record<string, string>) {
    const value = JSON.stringify({ ...database.user, ...login, masterarn });
    const name = `orders/prod/database-${++count}`;
    const secret = service.secrets.create(name, value, { rotationFunction: rotationFunctionArn });
    const administrators = typeof deployed === "string" ? { [name]: deployed } : deployed;
    const { invoke } = postgresInProcess(service, secret, false, administrators);
    return { secret, done: rotate(service.secrets, secret, invoke) };
  }

  /** What a rotation is refused with, once it is clear that nothing but its own secret was read. */
  async function refusalOf(masterarn: string, deployed: string | Record<string, string>): Promise<string> {
    const calls = service.calls.length;
    const { secret, done } = rotateWith(masterarn, {}, deployed);
    const error = await done.then(
      () => assert.fail("it was not refused"),
      (reason: unknown) => reason,
    );
    const read = service.calls.slice(calls).map(({ input }) => input.SecretId);
    assert.deepEqual([...new Set(read)], [secret.arn]);
    assert.ok(error instanceof Error);
    return error.message;
  }

  it("is another than the manifest's, of whatever service or environment: refused without reading it", async () => {
    const ours = service.secrets.create("orders/prod/admin-ours", JSON.stringify(database.admin));
    for (const name of [
      "orders/prod/admin-other",
      "billing/prod/admin",
      "orders/staging/admin",
      "elsewhere",
    ]) {
      const other = service.secrets.create(name, JSON.stringify(database.admin));
      for (const reference of [other.arn, name]) {
        const refusal = await refusalOf(reference, ours.name);
        assert.match(refusal, /masterarn names another secret than orders\/prod\/admin-ours/);
        assert.ok(!refusal.includes(other.name), refusal);
      }
    }
  });

  it("is one of that name in another account, region or partition: refused without reading it", async () => {
    const { name } = service.secrets.create("orders/prod/admin-placed", JSON.stringify(database.admin));
    for (const place of [
      "aws:secretsmanager:eu-west-1:222222222222",
      "aws:secretsmanager:us-east-1:111111111111",
      "aws-cn:secretsmanager:eu-west-1:111111111111",
    ]) {
      const refusal = await refusalOf(`arn:${place}:secret:${name}-AbCdEf`, name);
      assert.match(refusal, /masterarn names another secret than orders\/prod\/admin-placed/);
    }
  });

  it("is none by the manifest: refused without reading what the value names", async () => {
    const { arn } = service.secrets.create("orders/prod/admin-unasked", JSON.stringify(database.admin));
    for (const names of [{}, { "orders/prod/other": "orders/prod/admin-unasked" }]) {
      const refusal = await refusalOf(arn, names);
      assert.match(refusal, /the manifest names none for this secret; supply the login again/);
    }
  });

  it("may be another service's, if the manifest says so", async () => {
    const { arn } = service.secrets.create("platform/prod/shared-admin", JSON.stringify(database.admin));
    const { secret, done } = rotateWith(arn);
    await done;
    await logIn(currentLogin(service.secrets, secret));
  });

  for (const elsewhere of ["host", "port"] as const) {
    it(`is for another ${elsewhere}: refused, naming both`, async () => {
      const { user } = database;
      const place = {
        host: user.host,
        port: user.port,
        [elsewhere]: elsewhere === "host" ? "other.internal" : 1,
      };
      const name = `orders/prod/admin-of-another-${elsewhere}`;
      const { arn } = service.secrets.create(name, JSON.stringify({ ...database.admin, ...place }));
      await assert.rejects(rotateWith(arn).done, (error: Error) =>
        error.message.includes(
          `the administrator's secret ${name} is for ${place.host}:${place.port}, not for ${user.host}:${user.port}`,
        ),
      );
    });
  }

  it("has no value, or one that is no login: says so", async () => {
    const { arn: empty } = service.secrets.create("orders/prod/admin-empty");
    await assert.rejects(
      rotateWith(empty).done,
      /admin-empty has no current value; supply it \(npx platform set/,
    );
    const { arn: text } = service.secrets.create("orders/prod/admin-text", "canary");
    await assert.rejects(
      rotateWith(text).done,
      /the administrator's secret orders\/prod\/admin-text is not a JSON object/,
    );
  });

  it("is not asked while the current value does not log in itself", async () => {
    const { arn } = service.secrets.create("orders/prod/admin-asked", JSON.stringify(database.admin));
    const calls = service.calls.length;
    await assert.rejects(
      rotateWith(arn, { username: database.admin.username, password: "canary-guess" }).done,
      /the current value does not log in as admin/,
    );
    assert.ok(!service.calls.slice(calls).some(({ input }) => input.SecretId === arn));
  });

  it("may be named by ARN or by name", async () => {
    const { arn, name } = service.secrets.create("orders/prod/admin-right", JSON.stringify(database.admin));
    for (const reference of [arn, name]) {
      const { secret, done } = rotateWith(reference);
      await done;
      await logIn(currentLogin(service.secrets, secret));
    }
  });
});
