import assert from "node:assert/strict";
import { provided } from "../../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import { createDatabase, currentLogin, logIn, type TestDatabase } from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate, rotationFunctionArn } from "../../support/rotation";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

/** Whoever may write a secret must not get the function to use another service's administrator. */
describe("the administrator of alternating users", function () {
  let postgres: PostgresServer;
  let service: SecretsManagerDouble;
  let database: TestDatabase;
  let count = 0;

  before(async function () {
    this.timeout(30_000);
    postgres = await provided(this, startPostgres);
    service = await startSecretsManager();
    database = await createDatabase(postgres);
  });

  after(async () => {
    await service?.close();
    await postgres?.remove();
  });

  function rotateWith(masterarn: string, login: object = {}) {
    const value = JSON.stringify({ ...database.user, ...login, masterarn });
    const name = `orders/prod/database-${++count}`;
    const secret = service.secrets.create(name, value, { rotationFunction: rotationFunctionArn });
    return { secret, done: rotate(service.secrets, secret, postgresInProcess(service, secret).invoke) };
  }

  it("is of another service or environment: refused without reading it", async () => {
    for (const name of ["billing/prod/admin", "orders/staging/admin", "admin", "orders/prod/deeper/admin"]) {
      const other = service.secrets.create(name, JSON.stringify(database.admin));
      for (const reference of [other.arn, name]) {
        const calls = service.calls.length;
        await assert.rejects(rotateWith(reference).done, /masterarn names a secret outside of orders\/prod/);
        const read = service.calls.slice(calls).map(({ input }) => input.SecretId);
        assert.ok(!read.includes(other.arn) && !read.includes(name));
      }
    }
  });

  it("is for another server: refused, naming both", async () => {
    const admin = { ...database.admin, host: "other.internal" };
    const { arn } = service.secrets.create("orders/prod/admin-of-another", JSON.stringify(admin));
    await assert.rejects(
      rotateWith(arn).done,
      /the administrator's secret orders\/prod\/admin-of-another is for other\.internal:\d+, not for 127\.0\.0\.1:\d+/,
    );
  });

  it("has no value, or one that is no login: says so", async () => {
    const { arn: empty } = service.secrets.create("orders/prod/admin-empty");
    await assert.rejects(
      rotateWith(empty).done,
      /admin-empty has no current value; supply it \(platform set/,
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
