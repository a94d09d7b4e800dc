import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client, escapeIdentifier } from "pg";
import { provided } from "../../../support/leftOut";
import { startProxy, type PostgresProxy } from "../../../support/postgres/proxy";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";
import {
  createAlternatingSecrets,
  createDatabase,
  createSingleUserSecret,
  type Login,
  type TestDatabase,
} from "../../support/databaseSecrets";
import { postgresInProcess } from "../../support/inProcess";
import { rotate } from "../../support/rotation";
import type { StoredSecret } from "../../support/secrets";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

describe("what the database refuses, in words", function () {
  this.timeout(240_000);
  let postgres: PostgresServer;
  let proxy: PostgresProxy;
  let service: SecretsManagerDouble;

  before(async function () {
    postgres = await provided(this, startPostgres);
    proxy = await startProxy(postgres);
    service = await startSecretsManager();
  });

  afterEach(() => {
    proxy.rewrite = undefined;
  });

  after(async () => {
    await proxy?.close();
    await service?.close();
    await postgres?.remove();
  });

  const rotates = (secret: StoredSecret) =>
    rotate(service.secrets, secret, postgresInProcess(service, secret).invoke);
  const single = (database: TestDatabase) => createSingleUserSecret(service.secrets, database);
  const alternating = (database: TestDatabase) =>
    createAlternatingSecrets(service.secrets, database).database;

  it("a replica: name the writer; it does not pass by itself", async () => {
    const secrets = [single(await createDatabase(postgres)), alternating(await createDatabase(postgres))];
    const [{ data_directory: data } = { data_directory: "" }] = await postgres.query<{
      data_directory: string;
    }>("SHOW data_directory");
    await postgres.query("CHECKPOINT");
    await postgres.stop();
    writeFileSync(join(data, "standby.signal"), "", { mode: 0o644 });
    await postgres.start();
    try {
      for (const secret of secrets) {
        const error = await rotates(secret).then(() => "", String);
        assert.match(
          error,
          /is on a server that takes no changes \(0A000\): .*; name the writer as database\.host in the manifest/,
        );
        assert.doesNotMatch(error, /by itself/);
      }
    } finally {
      await postgres.stop();
      rmSync(join(data, "standby.signal"));
      await postgres.start();
    }
    for (const secret of secrets) await rotates(secret);
  });

  it("a server that turns into a replica in between (25006): the same", async () => {
    const secret = single(await createDatabase(postgres, proxy));
    proxy.rewrite = fail("ALTER ROLE", "25006", "cannot execute ALTER ROLE in a read-only transaction");
    const error = await rotates(secret).then(() => "", String);
    assert.match(error, /takes no changes \(25006\): cannot execute .*; name the writer as database\.host/);
    assert.doesNotMatch(error, /by itself/);
  });

  it("a user that may not change its own password: does not ask for CREATEROLE", async () => {
    const secret = single(await createDatabase(postgres, proxy));
    proxy.rewrite = fail("ALTER ROLE", "42501", "must be a member of rds_password to alter passwords");
    const error = await rotates(secret).then(() => "", String);
    assert.match(
      error,
      /orders-\d+ at .* may not change its own password \(42501\): must be a member of rds_password to alter passwords; .*rds\.restrict_password_commands/,
    );
    assert.doesNotMatch(error, /CREATEROLE/);
  });

  it("a database that does not exist: names database.name of the manifest", async () => {
    const database = await createDatabase(postgres);
    const { user, admin } = database;
    const elsewhere = { ...database, user: { ...user, dbname: "orders-gone" } };
    await assert.rejects(
      rotates(single(elsewhere)),
      /orders-\d+ at .* has no database orders-gone to log in to \(3D000\): .*; correct database\.name in the manifest/,
    );
    const adminElsewhere = { ...database, admin: { ...admin, dbname: "admin-gone" } };
    await assert.rejects(
      rotates(alternating(adminElsewhere)),
      /admin "\d+" at .* has no database admin-gone to log in to \(3D000\).*database\.name/,
    );
  });

  it("connections used up: of the role, of the database or of the server, each by its name", async () => {
    const database = await createDatabase(postgres);
    const name = escapeIdentifier(database.name);
    await postgres.query(`ALTER ROLE ${name} CONNECTION LIMIT 1`);
    await holding(database.user, 1, () =>
      assert.rejects(
        rotates(single(database)),
        /too many connections for role.*; the role's own CONNECTION LIMIT is used up/,
      ),
    );
    await postgres.query(`ALTER ROLE ${name} CONNECTION LIMIT -1`);
    await postgres.query(`ALTER DATABASE ${name} CONNECTION LIMIT 0`);
    await assert.rejects(
      rotates(single(database)),
      new RegExp(`the CONNECTION LIMIT of the database ${database.name} is used up`),
    );
    await postgres.query(`ALTER DATABASE ${name} CONNECTION LIMIT -1`);
    await holding(database.user, 40, () =>
      assert.rejects(
        rotates(single(database)),
        /the database refuses work for .* now \(53300\): .*max_connections/,
      ),
    );
    await rotates(single(database));
  });

  it("a database closed to connections, and whatever else passes: tries again", async () => {
    const database = await createDatabase(postgres);
    await postgres.query(`ALTER DATABASE ${escapeIdentifier(database.name)} ALLOW_CONNECTIONS false`);
    await assert.rejects(
      rotates(single(database)),
      /refuses work for .* now \(55000\): .*not currently accepting connections/,
    );
    const secret = single(await createDatabase(postgres, proxy));
    for (const code of ["53200", "57014", "57P05", "25P03"]) {
      proxy.rewrite = fail("ALTER ROLE", code, "out of something");
      await assert.rejects(
        rotates(secret),
        new RegExp(`refuses work for .* now \\(${code}\\): out of something.*tries again by itself`),
      );
    }
  });

  it("anything else: by its code alone, since its message may quote the statement", async () => {
    const secret = single(await createDatabase(postgres, proxy));
    proxy.rewrite = fail("ALTER ROLE", "42601", "syntax error at or near canary");
    await assert.rejects(rotates(secret), (error: Error) => {
      assert.match(
        error.message,
        /the database answered orders-\d+ at .* with ERROR 42601; look the code up/,
      );
      return !error.message.includes("canary");
    });
  });

  /** Has a statement fail as another server or another configuration would have it fail. */
  function fail(begin: string, code: string, message: string) {
    return (text: string) =>
      text.startsWith(begin)
        ? `DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '${code}', MESSAGE = '${message}'; END $$`
        : text;
  }

  async function holding(login: Login, most: number, use: () => Promise<unknown>): Promise<void> {
    const { host, port, dbname: database, username: user, password } = login;
    const clients: Client[] = [];
    try {
      for (let number = 0; number < most; number++) {
        const client = new Client({ host, port, database, user, password });
        client.on("error", () => undefined);
        if (
          !(await client.connect().then(
            () => true,
            () => false,
          ))
        )
          break;
        clients.push(client);
      }
      await use();
    } finally {
      await Promise.all(clients.map((client) => client.end()));
    }
  }
});
