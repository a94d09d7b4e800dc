import assert from "node:assert/strict";
import { provided } from "../../../support/leftOut";
import { startProxy, type PostgresProxy } from "../../../support/postgres/proxy";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  currentLogin,
  logIn,
} from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate, startRotation } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

describe("rotation when the database fails", function () {
  let postgres: PostgresServer;
  let proxy: PostgresProxy;
  let service: SecretsManagerDouble;

  before(async function () {
    this.timeout(120_000);
    postgres = await provided(this, startPostgres);
    proxy = await startProxy(postgres);
    service = await startSecretsManager();
  });

  after(async () => {
    await proxy?.close();
    await service?.close();
    await postgres?.remove();
  });

  afterEach(() => {
    proxy.hook = undefined;
    service.hook = undefined;
  });

  for (const strategy of ["single user", "alternating users"] as const) {
    it(`connection lost before or after any statement (${strategy}): the next attempt ends well`, async function () {
      this.timeout(160_000);
      const secret = await createSecret(strategy);
      const { invoke } = postgresInProcess(service, secret);
      let lost = 0;
      for (let number = 1; lost === number - 1; number++) {
        for (const moment of ["before", "after"] as const) {
          let count = 0;
          proxy.hook = (_, when) => {
            if (when === "before") count += 1;
            if (count !== number || when !== moment) return;
            lost = number;
            throw new Error("cut");
          };
          const outcome = await rotate(service.secrets, secret, invoke).catch(String);
          proxy.hook = undefined;
          if (lost === number)
            assert.match(outcome, /the connection to .* failed or was lost \((no answer|ECONNRESET)\)/);
          await rotate(service.secrets, secret, invoke);
          await logIn(currentLogin(service.secrets, secret));
        }
      }
      assert.ok(lost >= 9, `${lost} statements`);
    });
  }

  it("database down: says so, leaves the current value alone, and the next attempt carries on", async () => {
    const secret = await createSecret("alternating users");
    const { invoke } = postgresInProcess(service, secret);
    const before = currentLogin(service.secrets, secret);
    await postgres.stop();
    try {
      await assert.rejects(rotate(service.secrets, secret, invoke), {
        name: "RotationError",
        message: /^setSecret of orders-\d+\/prod\/database: the connection to .* failed or was lost/,
      });
    } finally {
      await postgres.start();
    }
    assert.deepEqual(currentLogin(service.secrets, secret), before);
    const pending = service.secrets.holder(secret, "AWSPENDING");
    assert.equal(await rotate(service.secrets, secret, invoke), pending?.id);
    await logIn(currentLogin(service.secrets, secret));
  });

  it("database starting up or full: not taken for a wrong password", async () => {
    const database = await createDatabase(postgres, proxy);
    const secret = createSingleUserSecret(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    await postgres.query(`ALTER ROLE "${database.name}" CONNECTION LIMIT 0`);
    await assert.rejects(
      rotate(service.secrets, secret, invoke),
      /the database refuses work for .* now \(53300\)/,
    );
    await postgres.query(`ALTER ROLE "${database.name}" CONNECTION LIMIT 10`);
    await rotate(service.secrets, secret, invoke);
    await logIn(currentLogin(service.secrets, secret));
  });

  it("wrong administrator password: says whose, changes nothing, and goes on once it is right", async () => {
    const database = await createDatabase(postgres);
    const { database: secret, administrator } = createAlternatingSecrets(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    const right = service.secrets.value(administrator, {}).value;
    service.secrets.put(administrator, "wrong", right.replace(database.admin.password, "canary-wrong"), [
      "AWSCURRENT",
    ]);
    await assert.rejects(
      rotate(service.secrets, secret, invoke),
      /^RotationError: setSecret of .*: the administrator's secret does not log in as admin .*password authentication failed/,
    );
    await logIn(currentLogin(service.secrets, secret));
    service.secrets.put(administrator, "right", right, ["AWSCURRENT"]);
    await rotate(service.secrets, secret, invoke);
    await logIn(currentLogin(service.secrets, secret));
  });

  it("an administrator without the right: says what it needs", async () => {
    const database = await createDatabase(postgres);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    await postgres.query(`ALTER ROLE "${database.admin.username.replaceAll('"', '""')}" NOCREATEROLE`);
    await assert.rejects(
      rotate(service.secrets, secret, postgresInProcess(service, secret).invoke),
      /may not change this password: permission denied to create role.*CREATEROLE/,
    );
  });

  it("a host that does not exist: says which", async () => {
    const database = await createDatabase(postgres);
    const nowhere = { ...database, user: { ...database.user, host: "db.prod.invalid" } };
    const secret = createSingleUserSecret(service.secrets, nowhere);
    await assert.rejects(
      rotate(service.secrets, secret, postgresInProcess(service, secret).invoke),
      /the host name of orders-\d+ at db\.prod\.invalid:\d+ cannot be resolved/,
    );
  });

  it("the original of a clone was dropped: refuses instead of making a user without grants", async () => {
    const database = await createDatabase(postgres);
    const { database: secret } = createAlternatingSecrets(service.secrets, database);
    const { invoke } = postgresInProcess(service, secret);
    await rotate(service.secrets, secret, invoke);
    await postgres.query(`ALTER ROLE "${database.name}" RENAME TO "${database.name}-gone"`);
    await postgres.query(`GRANT CONNECT ON DATABASE "${database.name}" TO "${database.name}_clone"`);
    await assert.rejects(
      rotate(service.secrets, secret, invoke),
      /the role orders-\d+ does not exist in the database/,
    );
  });

  it("an invocation overtaken by another of the same step finds its work done", async () => {
    const secret = await createSecret("single user");
    const { invoke } = postgresInProcess(service, secret);
    const event = {
      SecretId: secret.arn,
      ClientRequestToken: startRotation(service.secrets, secret),
    } as const;
    await invoke({ ...event, Step: "createSecret" });
    let connections = 0;
    proxy.hook = async ({ text }, moment) => {
      // It has seen that the pending value does not log in, and is about to log in with the current one.
      if (text !== "connect" || moment !== "before" || ++connections !== 2) return;
      await invoke({ ...event, Step: "setSecret" });
    };
    await invoke({ ...event, Step: "setSecret" });
    assert.ok(connections > 2);
  });

  it("an invocation that was held up until later rotations were through changes nothing", async () => {
    const secret = await createSecret("single user");
    const { invoke } = postgresInProcess(service, secret);
    const late = startRotation(service.secrets, secret);
    const event = { SecretId: secret.arn, ClientRequestToken: late } as const;
    await invoke({ ...event, Step: "createSecret" });

    let reached = () => {};
    let release = () => {};
    const isHeld = new Promise<void>((resolve) => (reached = resolve));
    const mayGo = new Promise<void>((resolve) => (release = resolve));
    let isFirst = true;
    proxy.hook = async ({ text }, moment) => {
      if (!text.startsWith("BEGIN") || moment !== "before" || !isFirst) return;
      isFirst = false;
      reached();
      await mayGo;
    };
    const heldUp = invoke({ ...event, Step: "setSecret" });
    await isHeld;
    // Given up, and the next rotation goes through.
    service.secrets.move(secret, "AWSPENDING", undefined, late);
    await rotate(service.secrets, secret, invoke);
    release();
    await assert.rejects(heldUp, /no longer the one to be set; nothing was changed/);
    await logIn(currentLogin(service.secrets, secret));
  });

  async function createSecret(strategy: "single user" | "alternating users"): Promise<StoredSecret> {
    const database = await createDatabase(postgres, proxy);
    return strategy === "single user"
      ? createSingleUserSecret(service.secrets, database)
      : createAlternatingSecrets(service.secrets, database).database;
  }
});
