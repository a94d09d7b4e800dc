import assert from "node:assert/strict";
import { forEachPostgres } from "../../../../support/postgres/forEachPostgres";
import type { PostgresServer } from "../../../../support/postgres/server";
import type { PostgresVersion } from "../../../../support/postgres/versions";
import { inSession, runAs, startAlternation, type Alternation } from "../../../support/alternation";
import { startSecretsManager, type SecretsManagerDouble } from "../../../support/secretsManager";

forEachPostgres("what a clone of earlier rotations owns", tests, [14, 18]);

function tests(this: Mocha.Suite, postgres: () => PostgresServer, version: PostgresVersion) {
  this.timeout(240_000);
  let service: SecretsManagerDouble;

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

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
    await rotatesBesideLockedTable(users);
    const note = /owns objects in the database orders-\d+, which could not be handed over/;
    assert.ok(users.lines.some((line) => note.test(line)));
    await users.rotate();
    await users.run("DROP TABLE mine");
  });

  it("on its own, after both were made one, whatever somebody has written as its comment", async () => {
    const users = await alternation();
    await users.rotate();
    await users.asSuperuser(`COMMENT ON ROLE "${users.clone}" IS 'second login of orders'`);
    await users.rotate();
    await users.rotate();
    await rotatesBesideLockedTable(users);
  });

  if (version === 18) {
    it("in many databases, held in each, does not take a rotation longer than a step may", async () => {
      const users = await alternation();
      await users.rotate();
      const login = users.current();
      const holding = async (rest: number): Promise<void> => {
        if (rest === 0) return void (await users.rotate());
        const dbname = `${users.database}-${rest}`;
        await postgres().query(`CREATE DATABASE "${dbname}"`);
        await inSession({ ...login, dbname }, async (client) => {
          for (const statement of [
            "SET ROLE NONE",
            "CREATE TEMP TABLE held ()",
            "BEGIN",
            "LOCK TABLE held",
          ]) {
            await client.query(statement);
          }
          await holding(rest - 1);
        });
      };
      await holding(6);
      assert.ok(users.lines.some((line) => line.includes("those of other databases took 15 seconds")));
    });

    it("in any number does not keep a rotation from looking", async () => {
      const users = await alternation();
      await users.rotate();
      await users.rotate();
      await users.run(
        `DO $$
           DECLARE made oid;
           BEGIN
             FOR number IN 1..450000 LOOP
               made := lo_create(0);
               EXECUTE format('GRANT SELECT ON LARGE OBJECT %s TO %I', made, '${users.clone}');
               IF number % 1000 = 0 THEN COMMIT; END IF;
             END LOOP;
           END $$`,
      );
      await users.rotate();
    }).timeout(720_000);
  }

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

  for (const event of ["ddl_command_start", ...(version >= 17 ? ["login"] : [])]) {
    it(`is not handed over where a trigger on ${event} runs what others may rewrite`, async () => {
      const users = await alternation();
      await madeByPlainClone(users, ["CREATE TABLE made (id int)"]);
      await users.asSuperuser(
        "CREATE TABLE app.trapped AS SELECT current_user AS by WHERE false; GRANT ALL ON app.trapped TO PUBLIC",
        "GRANT USAGE ON SCHEMA app TO PUBLIC",
        `CREATE FUNCTION app.react() RETURNS event_trigger LANGUAGE plpgsql
           AS 'BEGIN INSERT INTO app.trapped SELECT current_user; END'`,
        `CREATE EVENT TRIGGER reacts ON ${event} EXECUTE FUNCTION app.react()`,
        `ALTER FUNCTION app.react() OWNER TO "${users.original}"`,
      );
      await assert.rejects(
        users.rotate(),
        /trigger .*there would run as the administrator; run there as a superuser/,
      );
      await users.asSuperuser(`DROP EVENT TRIGGER reacts`);
      const trapped = await users.run<{ by: string }>("SELECT DISTINCT by FROM app.trapped");
      assert.ok(!trapped.some(({ by }) => by === users.admin.username), JSON.stringify(trapped));
      assert.equal((await users.rotate()).username, users.original);
      await users.run("DROP TABLE made");
    });
  }

  if (version >= 17) {
    it("is not handed over by a login that runs what others may rewrite, a database of the clone's or not", async () => {
      const users = await alternation();
      const { original, admin } = users;
      await users.asSuperuser(
        `ALTER ROLE "${original}" CREATEDB`,
        `ALTER ROLE "${admin.username.replaceAll('"', '""')}" CREATEDB`,
      );
      await users.rotate();
      await users.asSuperuser(
        "CREATE TABLE app.trapped AS SELECT current_user AS by WHERE false; GRANT ALL ON app.trapped TO PUBLIC",
        "GRANT USAGE ON SCHEMA app TO PUBLIC",
        `CREATE FUNCTION app.react() RETURNS event_trigger LANGUAGE plpgsql
           AS 'BEGIN INSERT INTO app.trapped SELECT current_user; END'`,
        "CREATE EVENT TRIGGER reacts ON login EXECUTE FUNCTION app.react()",
        `ALTER FUNCTION app.react() OWNER TO "${original}"`,
      );
      const administrator = service.secrets.find(`${users.database}/prod/database-admin`);
      administrator.versions[0]!.value = JSON.stringify({ ...admin, dbname: "postgres" });
      await users.run(
        "SET ROLE NONE",
        `CREATE DATABASE "mine ${original}"`,
        "CREATE TABLE app.mine (id int)",
      );
      await users.rotate();
      await users.asSuperuser("DROP EVENT TRIGGER reacts");
      const trapped = await users.run<{ by: string }>("SELECT DISTINCT by FROM app.trapped");
      assert.ok(trapped.length > 0);
      assert.ok(!trapped.some(({ by }) => by === admin.username), JSON.stringify(trapped));
    });
  }

  it("is handed over where triggers run what superusers have written", async () => {
    const users = await alternation();
    await madeByPlainClone(users, ["CREATE TABLE made (id int)"]);
    await users.asSuperuser(
      "CREATE FUNCTION app.react() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'",
      "CREATE EVENT TRIGGER reacts ON ddl_command_end EXECUTE FUNCTION app.react()",
    );
    await users.rotate();
    await users.run("DROP TABLE made");
  });

  /** While the clone, in use, holds a table of its own. */
  async function rotatesBesideLockedTable(users: Alternation): Promise<void> {
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
  }

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
}
