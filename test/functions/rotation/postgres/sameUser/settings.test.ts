import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { forEachPostgres } from "../../../../support/postgres/forEachPostgres";
import { inSession, runAs, startAlternation, type Alternation } from "../../../support/alternation";
import { startSecretsManager, type SecretsManagerDouble } from "../../../support/secretsManager";

forEachPostgres("settings of two alternating users", function (postgres, version) {
  this.timeout(240_000);
  let service: SecretsManagerDouble;

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

  it("are carried over as they are, in every database and in one", async () => {
    const users = await alternation();
    await users.asSuperuser(
      `ALTER ROLE "${users.original}" SET search_path = "$user", app, "we""ird, one", public`,
      `ALTER ROLE "${users.original}" SET work_mem = '5MB'`,
      `ALTER ROLE "${users.original}" SET application_name = 'it''s a \\ "name", with $1'`,
      `ALTER ROLE "${users.original}" SET temp_tablespaces = ''`,
      `ALTER ROLE "${users.original}" SET DateStyle = 'SQL, DMY'`,
      `ALTER ROLE "${users.original}" SET statement_timeout = '7min'`,
      `ALTER ROLE "${users.original}" IN DATABASE "${users.database}" SET work_mem = '6MB'`,
      `ALTER ROLE "${users.original}" IN DATABASE postgres SET search_path = elsewhere`,
    );
    const expected = await settings(users);
    const elsewhere = await settings(users, "postgres");
    assert.equal(expected["work_mem"], "6MB");
    for (let rotation = 1; rotation <= 3; rotation++) {
      await users.rotate();
      assert.deepEqual(await settings(users), expected);
      assert.deepEqual(await settings(users, "postgres"), elsewhere);
    }
  });

  it("follow the original: changed or removed there, they are at the rotations after", async () => {
    const users = await alternation();
    const change = (what: string) => users.asAdmin(`ALTER ROLE "${users.original}" ${what}`);
    await change("SET work_mem = '5MB'");
    await change("SET lock_timeout = '5s'");
    await twice(users, { work_mem: "5MB", lock_timeout: "5s" });
    await change("SET work_mem = '6MB'");
    await twice(users, { work_mem: "6MB", lock_timeout: "5s" });
    // The clone is in use now.
    await users.rotate();
    await change("SET work_mem = '7MB'");
    await change("RESET lock_timeout");
    await twice(users, { work_mem: "7MB", lock_timeout: "0" });
    await change("RESET ALL");
    await twice(users, { work_mem: "4MB", lock_timeout: "0" });
  });

  it("that were given to the clone while it was in use stay with the service", async () => {
    const users = await alternation();
    await users.rotate();
    await users.asAdmin(`ALTER ROLE "${users.clone}" SET search_path = app`);
    await twice(users, { search_path: "app" });
  });

  it("that were given to the clone while it was not in use are removed", async () => {
    const users = await alternation();
    await users.rotate();
    await users.rotate();
    await users.asAdmin(
      `ALTER ROLE "${users.clone}" SET search_path = app`,
      `ALTER ROLE "${users.clone}" IN DATABASE postgres SET role = 'none'`,
    );
    await twice(users, { search_path: '"$user", public' });
    assert.equal((await settings(users, "postgres"))["current_user"], users.original);
  });

  it("that only a superuser may give: refused before the switch, with the statement to run", async () => {
    const users = await alternation();
    const before = users.current();
    await users.asSuperuser(
      `ALTER ROLE "${users.original}" SET log_statement = 'ddl'`,
      `ALTER ROLE "${users.original}" SET app.key = 'canary-of-the-application'`,
    );
    await assert.rejects(users.rotate(), (error: Error) => {
      for (const part of [
        /^RotationError: setSecret of .*: admin "\d+" may not make orders-\d+_clone the same user as orders-\d+/,
        /permission denied to set parameter/,
        /CREATE ROLE "orders-\d+_clone" LOGIN/,
        /ALTER ROLE "orders-\d+_clone" SET "log_statement" TO 'ddl'/,
        /ALTER ROLE "orders-\d+_clone" SET "app\.key" TO '…'/,
      ]) {
        assert.match(String(error), part);
      }
      return true;
    });
    assert.doesNotMatch(users.lines.join("\n"), /canary/);
    assert.deepEqual(users.current(), before);
    await users.run("SELECT 1");
    assert.equal(await exists(users, users.clone), false);

    await users.asSuperuser(
      `CREATE ROLE "${users.clone}" LOGIN`,
      ...needsAdminOption(users),
      `ALTER ROLE "${users.clone}" SET log_statement = 'ddl'`,
      `ALTER ROLE "${users.clone}" SET app.key = 'canary-of-the-application'`,
    );
    await twice(users, { log_statement: "ddl", "app.key": "canary-of-the-application" });
  });

  if (version >= 15) {
    it("that the administrator was granted to give are carried over", async () => {
      const users = await alternation();
      await users.asSuperuser(
        `ALTER ROLE "${users.original}" SET log_statement = 'ddl'`,
        `GRANT SET ON PARAMETER log_statement TO "${users.admin.username.replaceAll('"', '""')}"`,
      );
      await twice(users, { log_statement: "ddl" });
    });
  }

  it("of PL/pgSQL, which the user may change in every database, do not stop a rotation", async () => {
    const users = await alternation();
    await users.run("DO 'BEGIN END'", "ALTER ROLE CURRENT_USER SET plpgsql.extra_warnings = 'all'");
    await users.rotate();
    assert.deepEqual(
      await users.run("DO 'BEGIN END'", "SELECT current_setting('plpgsql.extra_warnings') AS warns"),
      [{ warns: "all" }],
    );
  });

  it("that an open session changes again and again do not stop a rotation", async () => {
    const users = await alternation();
    for (let rotation = 1; rotation <= 2; rotation++) {
      await inSession(users.current(), async (client) => {
        let goesOn = true;
        const changing = (async () => {
          for (let kilobytes = 1000; goesOn; kilobytes++) {
            await client
              .query(`ALTER ROLE CURRENT_USER SET work_mem = '${kilobytes}kB'`)
              .catch(() => undefined);
            await delay(20);
          }
        })();
        try {
          await users.rotate();
        } finally {
          goesOn = false;
          await changing;
        }
      });
    }
    assert.equal(users.current().username, users.original);
  });

  it("are data: what a user has written into them is nothing but a value", async () => {
    const users = await alternation();
    const hostile = `x'; ALTER ROLE "${users.original}" CREATEDB; --`;
    const quoted = hostile.replaceAll("'", "''");
    await users
      .run(
        `ALTER ROLE CURRENT_USER SET application_name = '${quoted}'`,
        `ALTER ROLE CURRENT_USER SET search_path = '${quoted}', "\\"`,
        `SELECT set_config('local_preload_libraries', '"', false)`,
        "ALTER ROLE CURRENT_USER SET session_authorization = 'postgres'",
      )
      .catch(() => undefined);
    const { application_name } = await settings(users);
    assert.equal(application_name, hostile.slice(0, 63));
    await twice(users, { application_name });
    const roles = await users.asAdmin(
      `SELECT rolname FROM pg_roles WHERE rolname LIKE '${users.original}%' AND (rolcreatedb OR rolsuper)`,
    );
    assert.deepEqual(roles, []);
  });

  it("of any size do not stop a rotation", async () => {
    const users = await alternation();
    await users.run(
      `ALTER ROLE CURRENT_USER SET search_path = '${"x".repeat(3_000_000)}'`,
      `ALTER ROLE CURRENT_USER IN DATABASE postgres SET search_path = '${"\u0001".repeat(3_000_000)}'`,
      "ALTER ROLE CURRENT_USER SET work_mem = '5MB'",
    );
    await twice(users, { work_mem: "5MB" });
  });

  it("make both begin as whom the original begins as", async () => {
    const users = await alternation();
    const owner = `owner ${users.original}`;
    await users.asAdmin(`CREATE ROLE "${owner}"`, `GRANT "${owner}" TO "${users.original}"`);
    await users.asAdmin(`ALTER ROLE "${users.original}" SET role = '${owner}'`);
    await twice(users, { current_user: owner });
    await users.asAdmin(`ALTER ROLE "${users.original}" SET role = 'none'`);
    await twice(users, { current_user: users.original });
    // A setting that login passes over, since the user is no member.
    await users.asAdmin(`ALTER ROLE "${users.original}" SET role = 'postgres'`);
    await twice(users, { current_user: users.original });
    await users.asAdmin(`ALTER ROLE "${users.original}" RESET role`);
    await users.asSuperuser(`ALTER DATABASE "${users.database}" SET role = '${owner}'`);
    await twice(users, { current_user: owner });
    assert.equal((await settings(users, "postgres"))["current_user"], users.original);
  });

  it("name the role that was given to the clone in use: the service goes on as that", async () => {
    const users = await alternation();
    const owner = `owner ${users.original}`;
    await users.rotate();
    await users.asAdmin(
      `CREATE ROLE "${owner}"`,
      `GRANT "${owner}" TO "${users.original}"`,
      `ALTER ROLE "${users.clone}" SET role = '${owner}'`,
    );
    await twice(users, { current_user: owner });
  });

  async function alternation(): Promise<Alternation> {
    return startAlternation(postgres(), service);
  }

  /** A superuser's role is nobody's to alter, from PostgreSQL 16 on, until it is given away. */
  function needsAdminOption({ clone, admin }: Alternation): string[] {
    const administrator = `"${admin.username.replaceAll('"', '""')}"`;
    return version >= 16 ? [`GRANT "${clone}" TO ${administrator} WITH ADMIN OPTION`] : [];
  }

  async function exists(users: Alternation, role: string): Promise<boolean> {
    return (await users.asAdmin(`SELECT FROM pg_roles WHERE rolname = '${role}'`)).length > 0;
  }

  /** Two rotations, after each of which the service has these settings among others. */
  async function twice(users: Alternation, expected: Readonly<Record<string, unknown>>): Promise<void> {
    for (let rotation = 1; rotation <= 2; rotation++) {
      await users.rotate();
      const found = await settings(users);
      for (const [name, value] of Object.entries(expected)) {
        assert.equal(found[name], value, `${name} of ${users.current().username}`);
      }
    }
  }

  /** What a session of the service begins with. */
  async function settings(users: Alternation, dbname = users.database): Promise<Record<string, unknown>> {
    const names = [
      "search_path",
      "work_mem",
      "application_name",
      "temp_tablespaces",
      "DateStyle",
      "lock_timeout",
    ];
    const [row] = await runAs({ ...users.current(), dbname }, [
      `SELECT current_user, current_setting('app.key', true) AS "app.key",
              ${[...names, "statement_timeout", "log_statement"]
                .map((name) => `current_setting('${name}') AS "${name}"`)
                .join(", ")}`,
    ]);
    return row ?? {};
  }
});
