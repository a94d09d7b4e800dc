import assert from "node:assert/strict";
import { forEachPostgres } from "../../../../support/postgres/forEachPostgres";
import { inSession, runAs, startAlternation, type Alternation } from "../../../support/alternation";
import { startSecretsManager, type SecretsManagerDouble } from "../../../support/secretsManager";

forEachPostgres("attributes of two alternating users", function (postgres, version) {
  this.timeout(240_000);
  let service: SecretsManagerDouble;

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

  it("CREATEDB and CREATEROLE: both can do the same, whoever made it", async () => {
    const users = await alternation();
    await users.asSuperuser(`ALTER ROLE "${users.original}" CREATEDB CREATEROLE`);
    const made = `"made-${users.database}"`;
    for (let rotation = 1; rotation <= 3; rotation++) {
      await users.rotate();
      if (rotation > 1)
        await users.run(
          `ALTER ROLE ${made} CONNECTION LIMIT 5`,
          `DROP DATABASE ${made}`,
          `DROP ROLE ${made}`,
        );
      await users.run(`CREATE ROLE ${made}`, `CREATE DATABASE ${made}`);
    }
    await users.run(`DROP DATABASE ${made}`, `DROP ROLE ${made}`);
  });

  it("BYPASSRLS: both can do the same, or it is refused", async () => {
    const users = await alternation();
    await users.asSuperuser(
      "CREATE TABLE hidden AS SELECT 1 AS id",
      `GRANT SELECT ON hidden TO "${users.original}"`,
      "ALTER TABLE hidden ENABLE ROW LEVEL SECURITY",
      `ALTER ROLE "${users.original}" BYPASSRLS`,
    );
    await sameOrRefused(users, /ALTER ROLE "orders-\d+" NOBYPASSRLS|only a superuser/, async () => {
      assert.equal((await users.run("SELECT FROM hidden")).length, 1);
    });
  });

  it("REPLICATION: both can do the same, or it is refused", async () => {
    const users = await alternation();
    await users.asSuperuser(`ALTER ROLE "${users.original}" REPLICATION`);
    await sameOrRefused(users, /ALTER ROLE "orders-\d+_clone" REPLICATION/, async () => {
      await runAs(users.current(), ["IDENTIFY_SYSTEM"], { replication: "true" });
    });
  });

  it("what an administrator that is superuser, or has the attribute from PostgreSQL 16 on, may give, is given", async () => {
    const users = await alternation();
    const admin = `"${users.admin.username.replaceAll('"', '""')}"`;
    await users.asSuperuser(
      `ALTER ROLE "${users.original}" REPLICATION BYPASSRLS CREATEDB CREATEROLE`,
      `ALTER ROLE ${admin} ${version >= 16 ? "REPLICATION BYPASSRLS CREATEDB" : "SUPERUSER"}`,
    );
    for (let rotation = 1; rotation <= 3; rotation++) {
      await users.rotate();
      await runAs(users.current(), ["IDENTIFY_SYSTEM"], { replication: "true" });
      const [a, b] = await attributes(users);
      assert.deepEqual(a, b);
    }
    await users.asSuperuser(
      `ALTER ROLE "${users.original}" NOREPLICATION NOBYPASSRLS NOCREATEDB NOCREATEROLE`,
    );
    if (users.current().username === users.original) await users.rotate();
    else await assert.rejects(users.rotate(), /in use now, has CREATEDB, which orders-\d+ does not/);
  });

  it("CONNECTION LIMIT and VALID UNTIL are the original's", async () => {
    const users = await alternation();
    await users.asAdmin(
      `ALTER ROLE "${users.original}" CONNECTION LIMIT 3 VALID UNTIL '2200-01-31 12:00:00.5+02'`,
    );
    await users.rotate();
    const [original, clone] = await attributes(users);
    assert.deepEqual(clone, original);
    await users.asAdmin(`ALTER ROLE "${users.original}" CONNECTION LIMIT -1 VALID UNTIL 'infinity'`);
    await users.rotate();
    await users.rotate();
    const [after, cloneAfter] = await attributes(users);
    assert.deepEqual(cloneAfter, after);
    assert.equal(cloneAfter?.["rolconnlimit"], -1);
  });

  it("VALID UNTIL -infinity of the clone is fixed", async () => {
    const users = await alternation();
    await users.rotate();
    await users.rotate();
    await users.asAdmin(`ALTER ROLE "${users.clone}" VALID UNTIL '-infinity'`);
    assert.equal((await users.rotate()).username, users.clone);
    await users.run("SELECT 1");
  });

  for (const [state, says] of [
    ["NOLOGIN", /orders-\d+ may not log in; .*ALTER ROLE "orders-\d+" LOGIN/],
    [
      "VALID UNTIL '2001-01-01'",
      /orders-\d+ is valid no longer.*ALTER ROLE "orders-\d+" VALID UNTIL 'infinity'/,
    ],
    ["CONNECTION LIMIT 0", /orders-\d+ may have no connection.*ALTER ROLE "orders-\d+" CONNECTION LIMIT -1/],
  ] as const) {
    it(`${state} of the original, whose turn it is: refused before its password is changed`, async () => {
      const users = await alternation();
      const first = users.current();
      await users.rotate();
      const before = users.current();
      await users.asAdmin(`ALTER ROLE "${users.original}" ${state}`);
      await assert.rejects(users.rotate(), says);
      assert.deepEqual(users.current(), before);
      await users.run("SELECT 1");
      await users.asAdmin(`ALTER ROLE "${users.original}" LOGIN VALID UNTIL 'infinity' CONNECTION LIMIT -1`);
      await runAs(first, ["SELECT 1"]);
      await users.rotate();
      await users.run("SELECT 1");
    });
  }

  it("a clone made by hand that may not log in, or may more than the original, is made equal", async () => {
    const users = await alternation();
    await users.asAdmin(`CREATE ROLE "${users.clone}" NOLOGIN CREATEROLE CONNECTION LIMIT 1`);
    await users.rotate();
    const [original, clone] = await attributes(users);
    assert.deepEqual(clone, original);
    await inSession(users.current(), () => users.run("SELECT 1"));
  });

  it("what the administrator may not take from a clone made by hand: refused, with the statement to run", async () => {
    const users = await alternation();
    await users.asAdmin(`CREATE ROLE "${users.clone}" LOGIN`);
    await users.asSuperuser(`ALTER ROLE "${users.clone}" CREATEDB`);
    const error = await users.rotate().then(() => undefined, String);
    if (version >= 16) assert.match(error ?? "", /ALTER ROLE "orders-\d+_clone" NOCREATEDB/);
    await users.run("SELECT 1");
    const [original, clone] = await attributes(users);
    if (version < 16) assert.deepEqual(clone, original);
  });

  async function alternation(): Promise<Alternation> {
    return startAlternation(postgres(), service);
  }

  /** Either way the service goes on; the value says which. */
  async function sameOrRefused(users: Alternation, remedy: RegExp, use: () => Promise<void>): Promise<void> {
    for (let rotation = 1; rotation <= 3; rotation++) {
      const before = users.current();
      const error = await users.rotate().then(() => undefined, String);
      if (error !== undefined) {
        assert.match(error, remedy);
        assert.deepEqual(users.current(), before);
      }
      await use().catch((problem: unknown) => assert.fail(`${String(error)}: ${String(problem)}`));
    }
  }

  async function attributes(users: Alternation) {
    return users.asAdmin(
      `SELECT rolsuper, rolcreaterole, rolcreatedb, rolcanlogin, rolreplication, rolbypassrls, rolconnlimit,
              coalesce(rolvaliduntil, 'infinity') AS until
         FROM pg_roles WHERE rolname IN ('${users.original}', '${users.clone}') ORDER BY rolname`,
    );
  }
});
