import assert from "node:assert/strict";
import { forEachPostgres } from "../../../../support/postgres/forEachPostgres";
import { runAs, startAlternation, type Alternation } from "../../../support/alternation";
import { startSecretsManager, type SecretsManagerDouble } from "../../../support/secretsManager";

forEachPostgres("what two alternating users make", function (postgres) {
  this.timeout(240_000);
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
