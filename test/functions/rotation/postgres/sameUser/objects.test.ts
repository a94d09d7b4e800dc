import assert from "node:assert/strict";
import { forEachPostgres } from "../../../../support/postgres/forEachPostgres";
import { inSession, runAs, startAlternation, type Alternation } from "../../../support/alternation";
import { startSecretsManager, type SecretsManagerDouble } from "../../../support/secretsManager";

forEachPostgres("what two alternating users make", function (postgres) {
  this.timeout(60_000);
  let service: SecretsManagerDouble;

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

  it("belongs to one role: each reads, changes and drops what the other made", async () => {
    const users = await alternation();
    for (let rotation = 1; rotation <= 4; rotation++) {
      await users.rotate();
      if (rotation > 1)
        await users.run("SELECT id FROM made", "ALTER TABLE made ADD more int", "DROP TABLE made");
      await users.run("CREATE TABLE made (id int)", "INSERT INTO made VALUES (1)");
    }
  });

  it("belongs to one role in a session that a pooler has reset", async () => {
    const users = await alternation();
    await users.rotate();
    for (const reset of ["RESET ROLE", "RESET ALL", "DISCARD ALL", "SET SESSION AUTHORIZATION DEFAULT"]) {
      await users.run("SET ROLE NONE", reset, "CREATE TABLE made (id int)");
      await users.rotate();
      await users.run("DROP TABLE made");
      await users.rotate();
    }
  });

  it("has the default privileges of one role, and lands in its schema", async () => {
    const users = await alternation();
    await users.asSuperuser(
      "CREATE ROLE reports NOLOGIN",
      `ALTER DEFAULT PRIVILEGES FOR ROLE "${users.original}" GRANT SELECT ON TABLES TO reports`,
      `CREATE SCHEMA AUTHORIZATION "${users.original}"`,
    );
    try {
      await users.rotate();
      await users.run("CREATE TABLE mine (id int)");
      await users.rotate();
      assert.deepEqual(await users.run("SELECT has_table_privilege('reports', 'mine', 'SELECT') AS may"), [
        { may: true },
      ]);
    } finally {
      await users.asSuperuser("DROP OWNED BY reports", "DROP ROLE reports");
    }
  });

  it("is handed over where a clone of earlier rotations owns it, in every database", async () => {
    const users = await alternation();
    const other = `${users.database}-other`;
    await users.asSuperuser(
      `CREATE DATABASE "${other}"`,
      `ALTER DATABASE "${other}" OWNER TO "${users.original}"`,
    );
    await madeByPlainClone(users, [
      "CREATE TABLE made (id int)",
      "CREATE VIEW seen AS SELECT id FROM made",
      "CREATE FUNCTION answer() RETURNS int LANGUAGE sql AS 'SELECT 42'",
      "CREATE TYPE pair AS (a int, b int)",
      "SELECT lo_create(4711)",
      "ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC",
    ]);
    await runAs({ ...users.current(), dbname: other }, [
      "CREATE SCHEMA mine",
      "CREATE TABLE mine.made (id int)",
    ]);

    assert.equal((await users.rotate()).username, users.original);
    await users.run("DROP VIEW seen", "DROP TABLE made", "SELECT lo_unlink(4711)");
    await runAs({ ...users.current(), dbname: other }, ["DROP TABLE mine.made", "DROP SCHEMA mine"]);
    await users.rotate();
    await users.run("DROP FUNCTION answer()", "DROP TYPE pair");
    await assertNothingTaken(users);
  });

  it("is not handed over while a session holds it: refused, naming the session", async () => {
    const users = await alternation();
    await madeByPlainClone(users, ["CREATE TABLE made (id int)"]);
    await inSession(users.current(), async (client) => {
      await client.query("BEGIN; LOCK TABLE made");
      await assert.rejects(
        users.rotate(),
        /owns objects in the database orders-\d+, .*: they are in use by session \d+ of orders/,
      );
    });
    await users.run("SELECT id FROM made");
    await users.rotate();
    await users.run("SELECT id FROM made");
  });

  it("on its own, after both were made one, stops no rotation", async () => {
    const users = await alternation();
    await users.rotate();
    await inSession(users.current(), async (client) => {
      for (const statement of [
        "SET ROLE NONE",
        "CREATE TABLE app.mine (id int)",
        "BEGIN",
        "LOCK TABLE app.mine",
      ]) {
        await client.query(statement);
      }
      assert.equal((await users.rotate()).username, users.original);
    });
    const note = /owns objects in the database orders-\d+, which could not be handed over/;
    assert.ok(users.lines.some((line) => note.test(line)));
    await users.rotate();
    await users.run("DROP TABLE mine");
  });

  it("is not handed over where the administrator may not: refused, with the statement to run", async () => {
    const users = await alternation();
    const other = `${users.database}-other`;
    await users.asSuperuser(
      `CREATE DATABASE "${other}"`,
      `REVOKE CONNECT ON DATABASE "${other}" FROM PUBLIC`,
      `GRANT CONNECT, CREATE ON DATABASE "${other}" TO "${users.original}"`,
    );
    await madeByPlainClone(users, ["CREATE TABLE made (id int)"]);
    await runAs({ ...users.current(), dbname: other }, ["CREATE SCHEMA mine"]);

    const before = users.current();
    await assert.rejects(users.rotate(), (error: Error) => {
      assert.match(error.message, /owns objects in the database orders-\d+-other/);
      const statement = `REASSIGN OWNED BY "${users.clone}" TO "${users.original}"`;
      assert.ok(error.message.includes(statement), error.message);
      return true;
    });
    assert.deepEqual(users.current(), before);
    await users.run("SELECT 1");
    await postgres().query(`REASSIGN OWNED BY "${users.clone}" TO "${users.original}"`, [], other);
    assert.equal((await users.rotate()).username, users.original);
    await users.run("DROP TABLE made");
  });

  async function alternation(): Promise<Alternation> {
    const users = await startAlternation(postgres(), service);
    await users.asAdmin(
      `CREATE SCHEMA app; GRANT ALL ON SCHEMA app TO "${users.original}"`,
      `ALTER DATABASE "${users.database}" SET search_path = "$user", app, public`,
    );
    return users;
  }

  /** As rotations have left it that did not make both users one: the clone, in use, works as itself. */
  async function madeByPlainClone(users: Alternation, statements: readonly string[]): Promise<void> {
    await users.rotate();
    assert.equal(users.current().username, users.clone);
    await users.asSuperuser(
      `ALTER ROLE "${users.clone}" RESET ALL`,
      `COMMENT ON ROLE "${users.clone}" IS 'made by hand'`,
    );
    await users.run(...statements);
  }

  /** The rights that handing over takes are given back. */
  async function assertNothingTaken(users: Alternation): Promise<void> {
    const memberships = await users.asAdmin(
      `SELECT FROM pg_auth_members JOIN pg_roles AS roles ON roles.oid = member
        WHERE rolname = current_user AND NOT admin_option`,
    );
    assert.equal(memberships.length, 0);
  }
});
