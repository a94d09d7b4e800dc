import assert from "node:assert/strict";
import { forEachPostgres } from "../../../../support/postgres/forEachPostgres";
import { startProxy } from "../../../../support/postgres/proxy";
import type { PostgresServer } from "../../../../support/postgres/server";
import type { PostgresVersion } from "../../../../support/postgres/versions";
import { startAlternation, type Alternation } from "../../../support/alternation";
import { runSteps, startRotation } from "../../../support/rotation";
import { startSecretsManager, type SecretsManagerDouble } from "../../../support/secretsManager";

forEachPostgres("the test of the user that is to be taken into use", tests, [14, 18]);

function tests(this: Mocha.Suite, postgres: () => PostgresServer, version: PostgresVersion) {
  this.timeout(240_000);
  let service: SecretsManagerDouble;

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

  for (const [change, says] of [
    ["ALTER ROLE CLONE RESET role", /the setting role of orders-\d+_clone is another/],
    [
      "ALTER ROLE CLONE IN DATABASE HERE SET role = 'none'",
      /the setting role of orders-\d+_clone in database orders-\d+ is another/,
    ],
    [
      "ALTER ROLE CLONE SET search_path = elsewhere",
      /the setting search_path of orders-\d+_clone is another/,
    ],
    ["ALTER ROLE CLONE RESET ALL", /the setting work_mem of orders-\d+_clone is another/],
    ["ALTER ROLE ORIGINAL CONNECTION LIMIT 5", /orders-\d+_clone has another CONNECTION LIMIT/],
    ["ALTER ROLE ORIGINAL REPLICATION", /orders-\d+_clone lacks REPLICATION/],
    ["ALTER ROLE CLONE CREATEDB", /orders-\d+_clone has CREATEDB/],
    [
      version >= 16
        ? "REVOKE SET OPTION FOR ORIGINAL FROM CLONE GRANTED BY ADMINISTRATOR"
        : "ALTER ROLE CLONE NOINHERIT",
      /not a member of orders-\d+ with all its rights|permission denied for database/,
    ],
    ["GRANT pg_monitor TO CLONE", /orders-\d+_clone is a member of pg_monitor/],
  ] as const) {
    it(`fails after ${change}; the next attempt makes both equal, or is refused`, async () => {
      const users = await startAlternation(postgres(), service);
      await users.asAdmin(`ALTER ROLE "${users.original}" SET work_mem = '5MB'`);
      const before = users.current();
      await assert.rejects(
        rotate(users, () => users.asSuperuser(named(users, change))),
        (error: Error) => {
          assert.match(error.message, /^testSecret of /);
          assert.match(error.message, says);
          return true;
        },
      );
      assert.deepEqual(users.current(), before);
      await users.run("SELECT 1");

      const error = await users.rotate().then(() => undefined, String);
      await users.run("SELECT id FROM public.orders");
      assert.equal(error === undefined, users.current().username === users.clone, error);
      if (error !== undefined) assert.match(error, /setSecret of /);
    });
  }

  it("passes after the original has changed its own settings, which the next rotation makes equal", async () => {
    const users = await startAlternation(postgres(), service);
    const change = "ALTER ROLE ORIGINAL SET work_mem = '5MB'";
    await rotate(users, () => users.asSuperuser(named(users, change)));
    assert.equal(users.current().username, users.clone);
    await users.rotate();
    await users.rotate();
    assert.equal(users.current().username, users.clone);
    assert.deepEqual(await users.run("SHOW work_mem"), [{ work_mem: "5MB" }]);
  });

  it("fails where a session does not begin as its settings say", async () => {
    const proxy = await startProxy(postgres());
    try {
      const users = await startAlternation(postgres(), service, proxy);
      const before = users.current();
      proxy.rewrite = (text) => text.replace("BEGIN ISOLATION", "SET ROLE NONE; BEGIN ISOLATION");
      await assert.rejects(users.rotate(), (error: Error) => {
        assert.match(
          error.message,
          /^testSecret of .*: a session of (.*)_clone begins as \1_clone, not as \1;/,
        );
        return true;
      });
      assert.deepEqual(users.current(), before);
    } finally {
      await proxy.close();
    }
  });

  it("at deployment is of the current value, whose clone nobody has made equal yet", async () => {
    const users = await startAlternation(postgres(), service);
    await users.asAdmin(`CREATE ROLE "${users.clone}" NOLOGIN`);
    await users.invoke({
      Step: "testSecret",
      SecretId: users.secret.arn,
      ClientRequestToken: startRotation(service.secrets, users.secret),
    });
  });

  /** One rotation, with something done between setSecret and testSecret. */
  async function rotate(users: Alternation, before: () => Promise<void>): Promise<void> {
    await runSteps(users.secret, startRotation(service.secrets, users.secret), async (event) => {
      if (event.Step === "testSecret") await before();
      await users.invoke(event);
    });
  }

  function named({ original, clone, database, admin }: Alternation, statement: string): string {
    return statement
      .replace("ORIGINAL", `"${original}"`)
      .replace("CLONE", `"${clone}"`)
      .replace("HERE", `"${database}"`)
      .replace("ADMINISTRATOR", `"${admin.username.replaceAll('"', '""')}"`);
  }
}
