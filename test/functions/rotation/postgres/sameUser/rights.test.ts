import assert from "node:assert/strict";
import { forEachPostgres } from "../../../../support/postgres/forEachPostgres";
import { startAlternation, type Alternation } from "../../../support/alternation";
import { startSecretsManager, type SecretsManagerDouble } from "../../../support/secretsManager";

forEachPostgres("rights of two alternating users", function (postgres, version) {
  this.timeout(240_000);
  let service: SecretsManagerDouble;

  before(async () => {
    service = await startSecretsManager();
  });

  after(() => service.close());

  for (const [made, statements] of [
    ["NOINHERIT", (clone: string) => [`CREATE ROLE "${clone}" LOGIN NOINHERIT`]],
    [
      "NOINHERIT, a member",
      (clone: string, original: string) => [`CREATE ROLE "${clone}" LOGIN NOINHERIT IN ROLE "${original}"`],
    ],
    [
      "a member WITH INHERIT FALSE, SET FALSE",
      (clone: string, original: string) => [
        `CREATE ROLE "${clone}" LOGIN`,
        `GRANT "${original}" TO "${clone}"${version >= 16 ? " WITH INHERIT FALSE, SET FALSE" : ""}`,
      ],
    ],
    [
      "a member WITH SET FALSE and ADMIN OPTION",
      (clone: string, original: string) => [
        `CREATE ROLE "${clone}" LOGIN`,
        `GRANT "${original}" TO "${clone}" WITH ADMIN ${version >= 16 ? "TRUE, SET FALSE" : "OPTION"}`,
      ],
    ],
  ] as const) {
    it(`a clone made by hand, ${made}, gets all rights of the original and no more`, async () => {
      const users = await alternation();
      await users.asAdmin(...statements(users.clone, users.original));
      await threeTimes(users, [
        "SELECT id FROM orders",
        "CREATE TABLE app.made (id int)",
        "DROP TABLE app.made",
      ]);
      const administered = await users.asAdmin(
        `SELECT FROM pg_auth_members WHERE member = '"${users.clone}"'::regrole AND admin_option`,
      );
      assert.deepEqual(administered, []);
    });
  }

  it("memberships are the original's, with its own INHERIT", async () => {
    const users = await alternation();
    const group = `group ${users.original}`;
    await users.asSuperuser(
      `CREATE ROLE "${group}"`,
      `ALTER ROLE "${users.original}" NOINHERIT`,
      `GRANT "${group}" TO "${users.original}"${version >= 16 ? " WITH INHERIT FALSE" : ""}`,
      `GRANT USAGE ON SCHEMA app TO "${group}"`,
      "CREATE TABLE app.theirs AS SELECT 1 AS id",
      `GRANT SELECT ON app.theirs TO "${group}"`,
    );
    for (let rotation = 1; rotation <= 3; rotation++) {
      await users.rotate();
      await users.run(`SET ROLE "${group}"`, "SELECT id FROM app.theirs");
      await assert.rejects(users.run("SELECT id FROM app.theirs"), { code: "42501" });
    }
  });

  it("a group that the clone alone is a member of: refused, with the statement to run", async () => {
    const users = await alternation();
    const group = `group "${users.original}"`.replaceAll('"', '""');
    await users.rotate();
    await users.asAdmin(`CREATE ROLE "${group}"`, `GRANT "${group}" TO "${users.clone}"`);
    const grant = `GRANT "${group}" TO "${users.original}"`;
    await refused(users, /orders-\d+_clone is a member of group "orders-\d+", and orders-\d+ is not/, grant);
    await users.asAdmin(grant);
    await threeTimes(users, [`SET ROLE "${group}"`]);
  });

  it("a clone that has the original as its member: refused, with the statement to run", async () => {
    const users = await alternation();
    await users.asAdmin(
      `CREATE ROLE "${users.clone}" LOGIN`,
      `GRANT "${users.clone}" TO "${users.original}"`,
    );
    const revoke = `REVOKE "${users.clone}" FROM "${users.original}"`;
    await refused(users, /orders-\d+ is a member of orders-\d+_clone/, revoke);
    await users.asAdmin(revoke);
    await threeTimes(users, ["SELECT id FROM orders"]);
  });

  it("row policies by current_user and by role mean both", async () => {
    const users = await alternation();
    await users.asAdmin(
      "CREATE TABLE app.ours (owner text); CREATE TABLE app.named (id int)",
      `INSERT INTO app.ours VALUES ('${users.original}'), ('somebody'); INSERT INTO app.named VALUES (1)`,
      `GRANT ALL ON app.ours, app.named TO "${users.original}"`,
      "ALTER TABLE app.ours ENABLE ROW LEVEL SECURITY; ALTER TABLE app.named ENABLE ROW LEVEL SECURITY",
      "CREATE POLICY own ON app.ours USING (owner = current_user) WITH CHECK (owner = current_user)",
      `CREATE POLICY named ON app.named TO "${users.original}" USING (true)`,
    );
    for (let rotation = 1; rotation <= 3; rotation++) {
      await users.rotate();
      assert.equal((await users.run("SELECT FROM app.ours")).length, rotation);
      assert.equal((await users.run("SELECT FROM app.named")).length, 1);
      await users.run("INSERT INTO app.ours VALUES (current_user)");
    }
  });

  it("a row policy by session_user, which is not one: refused; not so where it names both", async () => {
    const users = await alternation();
    await users.asAdmin(
      "CREATE TABLE app.ours (owner text)",
      `GRANT SELECT ON app.ours TO "${users.original}"`,
      "ALTER TABLE app.ours ENABLE ROW LEVEL SECURITY",
      'CREATE POLICY "by login" ON app.ours USING (owner = session_user)',
      "CREATE POLICY innocent ON app.ours USING (owner <> 'SESSION_USER')",
    );
    await refused(
      users,
      /policy by login on app\.ours goes by who logged in/,
      `write current_user in its place (ALTER POLICY "by login" ON app.ours)`,
    );
    await users.asAdmin(
      `ALTER POLICY "by login" ON app.ours USING (session_user IN ('${users.original}', '${users.clone}'))`,
    );
    await threeTimes(users, ["SELECT FROM app.ours"]);
  });

  it("a row policy by session_user on a table of its own stops no rotation", async () => {
    const users = await alternation();
    await users.run(
      "CREATE TABLE app.mine (owner text)",
      "ALTER TABLE app.mine ENABLE ROW LEVEL SECURITY",
      "CREATE POLICY planted ON app.mine USING (owner = session_user)",
    );
    await threeTimes(users, ["SELECT FROM app.mine"]);
  });

  for (const [where, made] of [
    ["of the clone's own", () => ["SET ROLE NONE"]],
    ["of a group it has to become", ({ original }: Alternation) => [`SET ROLE "group ${original}"`]],
  ] as const) {
    it(`a row policy by session_user on a table ${where} stops no rotation`, async () => {
      const users = await alternation();
      await joinsGroup(users);
      await users.rotate();
      await users.run(
        ...made(users),
        "CREATE TABLE app.mine (owner name)",
        "ALTER TABLE app.mine ENABLE ROW LEVEL SECURITY",
        "CREATE POLICY planted ON app.mine USING (owner = session_user)",
        "GRANT SELECT ON app.mine TO PUBLIC",
      );
      await threeTimes(users, ["SELECT 1"]);
    });
  }

  it("a grant to the clone on a table of a group it has to become stops no rotation", async () => {
    const users = await alternation();
    await joinsGroup(users);
    await users.rotate();
    await users.run(
      "SET ROLE NONE",
      "ALTER ROLE CURRENT_USER SET role = 'none'",
      `SET ROLE "group ${users.original}"`,
      "CREATE TABLE app.theirs (id int)",
      `GRANT SELECT ON app.theirs TO "${users.clone}"`,
    );
    await threeTimes(users, ["SELECT 1"]);
  });

  it("a role that the clone itself has made stops no rotation", async () => {
    const users = await alternation();
    const { original, clone } = users;
    await users.asSuperuser(`ALTER ROLE "${original}" CREATEROLE`);
    await users.rotate();
    await users.run(
      "SET ROLE NONE",
      `CREATE ROLE "made ${original}"`,
      `GRANT "made ${original}" TO "${clone}"`,
    );
    await threeTimes(users, ["SELECT 1"]);
  });

  for (const asking of [
    "owner = current_setting('Session_Authorization')",
    "EXISTS (SELECT FROM pg_stat_activity WHERE pid = pg_backend_pid() AND usename = owner)",
    "owner = (SELECT login.name FROM (SELECT session_user AS name) AS login)",
    `${Array.from({ length: 700 }, (_, index) => `owner <> 'x${index}'`).join(" AND ")} AND owner = session_user`,
    ...(version >= 16 ? ["system_user LIKE '%:' || owner"] : []),
  ]) {
    it(`a row policy that asks who logged in is refused: ${asking.slice(-80)}`, async () => {
      const users = await alternation();
      await users.asAdmin(
        "CREATE TABLE app.ours (owner text)",
        `GRANT SELECT ON app.ours TO "${users.original}"`,
        "ALTER TABLE app.ours ENABLE ROW LEVEL SECURITY",
        `CREATE POLICY asking ON app.ours USING (${asking})`,
      );
      await refused(users, /policy asking on app\.ours goes by who logged in/);
    });
  }

  it("what was granted to the clone alone, in use as itself: refused, with the statements to run", async () => {
    const users = await alternation();
    await users.rotate();
    await users.asSuperuser(`ALTER ROLE "${users.clone}" RESET ALL`);
    await users.asAdmin(
      "CREATE TABLE app.theirs (id int, name text); CREATE SEQUENCE app.numbers; CREATE TABLE app.shared (id int)",
      "CREATE FUNCTION app.answer(int) RETURNS int LANGUAGE sql AS 'SELECT 42'",
      "REVOKE ALL ON FUNCTION app.answer(int) FROM PUBLIC",
      `GRANT SELECT (name) ON app.theirs TO "${users.clone}"`,
      `GRANT USAGE ON SEQUENCE app.numbers TO "${users.clone}"`,
      `GRANT EXECUTE ON FUNCTION app.answer(int) TO "${users.clone}"`,
      `GRANT SELECT ON app.shared TO "${users.original}", "${users.clone}"`,
    );
    const grants = [
      `GRANT SELECT ("name") ON TABLE app.theirs TO "${users.original}"`,
      `GRANT USAGE ON SEQUENCE app.numbers TO "${users.original}"`,
      `GRANT EXECUTE ON FUNCTION app.answer(integer) TO "${users.original}"`,
    ];
    await refused(users, /orders-\d+_clone was granted/, ...grants);
    await users.asAdmin(...grants);
    await threeTimes(users, ["SELECT name FROM app.theirs", "SELECT app.answer(1), nextval('app.numbers')"]);
  });

  it("names with quotes and of 63 bytes are names", async () => {
    const users = await alternation();
    const name = `o"r'd\\e$rr ${"é".repeat(22)}${version}`;
    assert.equal(Buffer.byteLength(`${name}_clone`), 63);
    const quoted = name.replaceAll('"', '""');
    const login = { ...users.current(), username: name };
    await users.asAdmin(
      `ALTER ROLE "${users.original}" RENAME TO "${quoted}"`,
      `ALTER ROLE "${quoted}" PASSWORD '${login.password}'`,
      `ALTER ROLE "${quoted}" SET search_path = "$user", app, public`,
      `CREATE SCHEMA "${quoted}"; GRANT ALL ON SCHEMA "${quoted}" TO "${quoted}"`,
    );
    service.secrets.put(users.secret, "renamed", JSON.stringify(login), ["AWSCURRENT"]);
    for (let rotation = 1; rotation <= 3; rotation++) {
      await users.rotate();
      if (rotation > 1) await users.run(`DROP TABLE "${quoted}".made`);
      await users.run("CREATE TABLE made (id int)");
    }
  });

  async function alternation(): Promise<Alternation> {
    const users = await startAlternation(postgres(), service);
    await users.asAdmin(`CREATE SCHEMA app; GRANT ALL ON SCHEMA app TO "${users.original}"`);
    return users;
  }

  /** Of a role whose rights the user has only when it works as that. */
  async function joinsGroup(users: Alternation): Promise<void> {
    const { original, admin } = users;
    const [group, administrator] = [`"group ${original}"`, `"${admin.username.replaceAll('"', '""')}"`];
    await users.asSuperuser(
      `CREATE ROLE ${group}`,
      `GRANT ALL ON SCHEMA app TO ${group}`,
      ...(version >= 16
        ? [
            `GRANT ${group} TO "${original}" WITH INHERIT FALSE, SET TRUE`,
            `GRANT ${group} TO ${administrator} WITH ADMIN OPTION`,
          ]
        : [`GRANT ${group} TO "${original}"`, `ALTER ROLE "${original}" NOINHERIT`]),
    );
  }

  async function threeTimes(users: Alternation, statements: readonly string[]): Promise<void> {
    for (let rotation = 1; rotation <= 3; rotation++) {
      await users.rotate();
      await users.run(...statements);
    }
  }

  async function refused(users: Alternation, says: RegExp, ...remedies: readonly string[]): Promise<void> {
    const before = users.current();
    await assert.rejects(users.rotate(), (error: Error) => {
      assert.match(error.message, says);
      for (const remedy of remedies) assert.ok(error.message.includes(remedy), `${error.message}\n${remedy}`);
      return true;
    });
    assert.deepEqual(users.current(), before);
    await users.run("SELECT 1");
  }
});
