import assert from "node:assert/strict";
import { provided } from "../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../support/postgres/server";
import { type Cloud, startCloud } from "./support/cloud";
import { DatabaseDay, type ManifestLogin, whoLogsIn } from "./support/databaseDay";
import { type LambdaDouble, startLambdaDouble } from "./support/lambda";

/** The ways of docs/operations.md, "When a database changes", with the commands there, in a real PostgreSQL. */
describe("a login whose database changes, from manifest to login", function () {
  this.timeout(480_000);
  let servers: { readonly old: PostgresServer; readonly new: PostgresServer };
  let cloud: Cloud;
  let lambda: LambdaDouble;
  let day: DatabaseDay;
  before(async function () {
    this.timeout(720_000);
    servers = {
      old: await provided(this, startPostgres),
      new: await provided(this, startPostgres),
    };
    cloud = await provided(this, startCloud);
    lambda = await startLambdaDouble();
  });
  after(async () => {
    await lambda?.close();
    await cloud?.stop();
    await servers?.old.remove();
    await servers?.new.remove();
  });
  beforeEach(async () => {
    day = await DatabaseDay.start(cloud, lambda);
    await build(servers.old);
  });
  afterEach(async () => {
    await day?.end();
    for (const server of Object.values(servers)) await clear(server);
  });

  const admin = (change: Partial<ManifestLogin> = {}): ManifestLogin => ({
    at: servers.old,
    name: "postgres",
    username: "boss",
    ...change,
  });
  const orders = (change: Partial<ManifestLogin> = {}): ManifestLogin => ({
    at: servers.old,
    name: "orders",
    username: "orders",
    ...change,
  });
  const alternating = (change: Partial<ManifestLogin> = {}) => orders({ admin: "admin", ...change });
  /** Where the other server is: not the same host and port. */
  const moved = () => ({ host: "localhost", port: servers.new.port });
  const at = (server: PostgresServer) => server.port;

  it("single user: to another host", async () => {
    day.manifest({ database: orders() });
    await day.give(servers.old, "orders", "database");
    await day.done(["rotate", "shop/prod/database"]);
    day.leavePending("database");

    day.manifest({ database: orders({ at: moved() }) });
    const { state, advice } = await day.statusOf("database");
    assert.equal(state, "waiting");
    assert.match(advice, /in database\.host and database\.port, .*once the database answers at localhost:/);
    await build(servers.new);
    assert.match(await day.give(servers.new, "orders", "database"), /left-pending .* was given up/);
    assert.equal(await whoLogsIn(day.current("database")), `orders in orders at ${at(servers.new)}`);
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders in orders at ${at(servers.new)}`);
    assert.equal((await day.statusOf("database")).state, "ok");
  });

  it("alternating users: to another host, the administrator's first, while the clone is current", async () => {
    await alternatingDay();
    day.manifest({ admin: admin({ at: moved() }), database: alternating({ at: moved() }) });
    await build(servers.new);
    assert.equal((await day.statusOf("admin")).state, "waiting");
    assert.match((await day.statusOf("database")).advice, /logs in as orders itself, not orders_clone/);
    await day.give(servers.new, "boss", "admin");
    await day.give(servers.new, "orders", "database");
    await day.done(["rotate", "shop/prod/admin"]);
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders_clone in orders at ${at(servers.new)}`);
    assert.equal((await day.statusOf("database")).state, "ok");
  });

  it("to a database of another name", async () => {
    await alternatingDay();
    await servers.old.query("ALTER DATABASE orders RENAME TO shop");
    day.manifest({ admin: admin(), database: alternating({ name: "shop" }) });
    const { state, advice } = await day.statusOf("database");
    assert.equal(state, "waiting");
    assert.match(advice, /in database\.name, .*once the database is called shop/);
    assert.equal((await day.statusOf("admin")).state, "ok");
    await day.give(servers.old, "orders", "database");
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders_clone in shop at ${at(servers.old)}`);
  });

  it("with an administrator of another name: only the administrator's login waits", async () => {
    await alternatingDay();
    await servers.old.query("ALTER ROLE boss RENAME TO chief");
    day.manifest({ admin: admin({ username: "chief" }), database: alternating() });
    assert.match(
      (await day.statusOf("admin")).advice,
      /in database\.username, .*npx platform set shop\/prod\/admin/,
    );
    assert.equal((await day.statusOf("database")).state, "ok");
    await day.give(servers.old, "chief", "admin");
    await day.done(["rotate", "shop/prod/admin"]);
    assert.equal(day.current("admin").username, "chief");
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders in orders at ${at(servers.old)}`);
  });

  it("with another administrator's secret", async () => {
    await alternatingDay();
    day.manifest({ chief: admin(), database: alternating({ admin: "chief" }) });
    assert.match(
      (await day.statusOf("database")).advice,
      /in rotation\.admin, .*once shop\/prod\/chief has its value/,
    );
    await day.give(servers.old, "boss", "chief");
    await day.give(servers.old, "orders", "database");
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders_clone in orders at ${at(servers.old)}`);
  });

  it("from a single user to alternating users", async () => {
    day.manifest({ admin: admin(), database: orders() });
    await day.give(servers.old, "boss", "admin");
    await day.give(servers.old, "orders", "database");
    await day.done(["rotate", "shop/prod/database"]);
    day.leavePending("database");

    day.manifest({ admin: admin(), database: alternating() });
    const { state, advice } = await day.statusOf("database");
    assert.equal(state, "waiting");
    assert.match(advice, /in rotation\.method \(to alternating users\)/);
    await day.give(servers.old, "orders", "database");
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders_clone in orders at ${at(servers.old)}`);
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders in orders at ${at(servers.old)}`);
  });

  it("from alternating users to a single user, while the clone is current", async () => {
    await alternatingDay();
    day.manifest({ admin: admin(), database: orders() });
    const { state, advice } = await day.statusOf("database");
    assert.equal(state, "waiting");
    assert.match(
      advice,
      /in rotation\.method \(to a single user\), .*drop orders_clone once nothing uses it/,
    );
    await day.give(servers.old, "orders", "database");
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders in orders at ${at(servers.old)}`);
    for (const text of ["REASSIGN OWNED BY orders_clone TO orders", "DROP OWNED BY orders_clone"]) {
      await servers.old.query(text, [], "orders");
    }
    await servers.old.query("DROP ROLE orders_clone");
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(await whoLogsIn(day.current("database")), `orders in orders at ${at(servers.old)}`);
  });

  for (const strategy of ["single user", "alternating users"] as const) {
    it(`${strategy}: to another user`, async () => {
      await alternatingDay();
      const login = strategy === "single user" ? orders : alternating;
      day.manifest({ admin: admin(), database: login() });
      await day.give(servers.old, "orders", "database");
      await day.done(["rotate", "shop/prod/database"]);

      await makeUser(servers.old, "shop");
      day.manifest({ admin: admin(), database: login({ username: "shop" }) });
      assert.match(
        (await day.statusOf("database")).advice,
        /once the user shop may log in: .*drop the (?:user|two users) before/,
      );
      await day.give(servers.old, "shop", "database");
      const refused = await day.run(["rollback", "shop/prod/database", "--yes"]);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /from before its `database` or strategy changed/);
      await day.done(["rotate", "shop/prod/database"]);
      const next = strategy === "single user" ? "shop" : "shop_clone";
      assert.equal(await whoLogsIn(day.current("database")), `${next} in orders at ${at(servers.old)}`);
      assert.equal((await day.statusOf("database")).state, "ok");
    });
  }

  /** Alternating users in the old server, of which the clone is current. */
  async function alternatingDay(): Promise<void> {
    day.manifest({ admin: admin(), database: alternating() });
    await day.give(servers.old, "boss", "admin");
    await day.give(servers.old, "orders", "database");
    await day.done(["rotate", "shop/prod/database"]);
    assert.equal(day.current("database").username, "orders_clone");
  }
});

/** An administrator without superuser rights, as on RDS, and a database of its own with a user. */
async function build(server: PostgresServer): Promise<void> {
  await server.query("CREATE ROLE boss LOGIN CREATEROLE");
  await server.query("CREATE DATABASE orders OWNER boss");
  await makeUser(server, "orders");
}

async function makeUser(server: PostgresServer, name: string): Promise<void> {
  await server.query(`CREATE ROLE "${name}" LOGIN`);
  await server.query(`GRANT "${name}" TO boss WITH ADMIN OPTION`);
}

async function clear(server: PostgresServer): Promise<void> {
  for (const database of ["orders", "shop"]) await server.query(`DROP DATABASE IF EXISTS ${database}`);
  for (const role of ["orders_clone", "shop_clone", "orders", "shop", "boss", "chief"]) {
    await server.query(`DROP ROLE IF EXISTS "${role}"`);
  }
}
