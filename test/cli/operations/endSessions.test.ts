import assert from "node:assert/strict";
import { Client } from "pg";
import { sessionsObstacle } from "../../../cli/rotate/openSessions";
import { endingStatements } from "../../../model/functions/sessionStatements";
import { databaseEngines } from "../../../model/catalogue/types";
import type { Login } from "../../functions/support/databaseSecrets";
import { provided } from "../../support/leftOut";
import { startPostgres, type PostgresServer } from "../../support/postgres/server";
import { type Cloud, startCloud } from "./support/cloud";
import { DatabaseDay } from "./support/databaseDay";
import { type LambdaDouble, startLambdaDouble } from "./support/lambda";
import { fixtureServices, planFrom } from "./support/plan";
import { platform } from "./support/platform";
import { copyingFunction, startOperationsDouble } from "./support/secretsManager";

describe("platform rotate after a leak", function () {
  this.timeout(360_000);
  let postgres: PostgresServer;
  let cloud: Cloud;
  let lambda: LambdaDouble;
  let day: DatabaseDay | undefined;
  const clients: Client[] = [];
  before(async function () {
    this.timeout(720_000);
    postgres = await provided(this, startPostgres);
    cloud = await provided(this, startCloud);
  });
  beforeEach(async () => {
    lambda = await startLambdaDouble();
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.end().catch(() => undefined);
    await day?.end();
    day = undefined;
    await lambda.close();
    await postgres.query("DROP DATABASE IF EXISTS orders");
    for (const role of ["orders_clone", "orders", "boss"]) {
      await postgres.query(`DROP ROLE IF EXISTS ${role}`);
    }
  });
  after(async () => {
    await cloud?.stop();
    await postgres?.remove();
  });

  /** Of whoever got hold of the login. */
  async function leaked({ host, port, dbname: database, username: user, password }: Login): Promise<Client> {
    const client = new Client({ host, port, database, user, password });
    client.on("error", () => undefined);
    await client.connect();
    clients.push(client);
    return client;
  }

  const works = (client: Client) =>
    client.query("SELECT 1").then(
      () => true,
      () => false,
    );

  async function ordersDay(admin?: string): Promise<DatabaseDay> {
    const started = await DatabaseDay.start(cloud, lambda);
    day = started;
    await postgres.query("CREATE ROLE boss LOGIN CREATEROLE");
    await postgres.query("CREATE ROLE orders LOGIN");
    await postgres.query("GRANT orders TO boss WITH ADMIN OPTION");
    await postgres.query("CREATE DATABASE orders OWNER boss");
    const at = { host: postgres.host, port: postgres.port };
    started.manifest({
      ...(admin !== undefined && { [admin]: { at, name: "postgres", username: "boss" } }),
      database: { at, name: "orders", username: "orders", ...(admin !== undefined && { admin }) },
    });
    if (admin !== undefined) await started.give(postgres, "boss", admin);
    await started.give(postgres, "orders", "database");
    return started;
  }

  it("of a single user tells that sessions go on, and how many, and ends them if asked to", async () => {
    const { done, current } = bound(await ordersDay());
    const sessions = [await leaked(current()), await leaked(current())];
    const told = await done(["rotate", "shop/prod/database"]);
    assert.match(told, /sessions that were open before stay so until they end; .* --end-sessions ends them/);
    assert.deepEqual(lambda.invocations, []);
    for (const session of sessions) assert.ok(await works(session));

    const dry = await done(["rotate", "shop/prod/database", "--end-sessions", "--dry-run"]);
    assert.match(dry, /sessions of the user whose .* orders, the current user, has 2 sessions open now\./);
    for (const session of sessions) assert.ok(await works(session));
    const ended = await done(["rotate", "shop/prod/database", "--end-sessions"]);
    assert.match(ended, /was rotated in .*\n {2}2 sessions of orders ended\n$/);
    for (const session of sessions) assert.ok(!(await works(session)));
    assert.ok(await works(await leaked(current())));
    const json = JSON.parse(
      await done(["rotate", "shop/prod/database", "--end-sessions", "--format", "json"]),
    ) as {
      sessions: object;
    };
    assert.deepEqual(json.sessions, { user: "orders", ended: 1, open: 0 });
  });

  it("of alternating users ends those of one at a time, and says that the other still logs in", async () => {
    const { done, current } = bound(await ordersDay("admin"));
    const session = await leaked(current());
    const first = await done(["rotate", "shop/prod/database", "--end-sessions"]);
    assert.match(
      first,
      /0 sessions of orders_clone ended\n {2}orders still logs in, with the version before, .* once more npx platform rotate shop\/prod\/database --end-sessions/,
    );
    assert.ok(await works(session));
    const second = await done(["rotate", "shop/prod/database", "--end-sessions"]);
    assert.match(second, /1 session of orders ended\n {2}orders_clone still logs in/);
    assert.ok(!(await works(session)));
  });

  it("says that the rotation is done where the function could not end them, and what does it by hand", async () => {
    const started = await ordersDay();
    const pass = lambda.invoke;
    lambda.invoke = (name, event) =>
      (event as { Step: string }).Step === "endSessions"
        ? Promise.reject(new Error("endSessions of shop/prod/database: orders may not end its own sessions"))
        : pass(name, event);
    const { code, stdout } = await started.run(["rotate", "shop/prod/database", "--end-sessions"]);
    assert.equal(code, 1);
    assert.match(stdout, /^shop\/prod\/database was rotated in /);
    assert.match(
      stdout,
      /sessions were not ended: endSessions of .*may not end its own sessions\n {2}as an administrator of/,
    );
    assert.match(stdout, /pg_terminate_backend\(pid\) FROM pg_stat_activity WHERE usename IN \('orders'\)/);
  });

  describe("by AWS's function", () => {
    it("says that it ends none, and prints what does", async () => {
      await cloud.reset();
      const double = await startOperationsDouble();
      try {
        cloud.proxy.use(double);
        double.functionOf = () => copyingFunction(double.service);
        const secret = double.create("shop/prod/archive");
        double.service.secrets.put(secret, "first", JSON.stringify({ password: "canary" }), ["AWSCURRENT"]);
        const env = { ...(await cloud.signedIn("security")), AWS_ENDPOINT_URL_LAMBDA: lambda.endpoint };
        const rotate = (...args: string[]) =>
          platform(["rotate", "--services", fixtureServices, ...args], { env });
        const told = await rotate("shop/prod/archive");
        assert.equal(told.code, 0);
        assert.match(
          told.stdout,
          /sessions that were open before stay so .* --end-sessions says how to end them/,
        );
        const { code, stdout } = await rotate("shop/prod/archive", "--end-sessions");
        assert.equal(code, 1);
        assert.match(
          stdout,
          /was rotated .*AWS's rotation functions end no sessions\n {2}as an administrator of archive\.example\.com:5432:\n.*search_path.*\n.*IN \('archive'\)/s,
        );
        assert.deepEqual(lambda.invocations, []);

        for (const [args, expected, exit] of [
          [["shop/prod/signing-key", "--end-sessions"], /is not in account/, 1],
          [["--all-overdue", "--end-sessions"], /--end-sessions goes with one secret/, 2],
          [["shop/prod/archive", "--end-sessions", "--wait", "0"], /with waiting for its rotation/, 2],
        ] as const) {
          const ran = await rotate(...args);
          assert.equal(ran.code, exit);
          assert.match(ran.stderr, expected);
        }
      } finally {
        await double.close();
      }
    });

    it("has a statement for each engine, which a user's name cannot leave", () => {
      for (const engine of databaseEngines) {
        const lines = endingStatements(engine, ["o'rders", "back\\slash"]).join("\n");
        if (engine === "documentdb") continue;
        assert.ok(/O'RDERS|o'rders/.exec(lines.replaceAll("''", "")) === null, lines);
        if (engine === "mysql" || engine === "mariadb") assert.ok(lines.includes("'back\\\\slash'"), lines);
      }
    });
  });

  it("is refused with what is no database's login", () => {
    const [key, login] = ["shop/prod/signing-key", "shop/prod/ledger"].map((name) =>
      planFrom().secrets.find((secret) => secret.name === name),
    );
    assert.match(sessionsObstacle(key!) ?? "", /is no database's login/);
    assert.equal(sessionsObstacle(login!), undefined);
  });
});

function bound(day: DatabaseDay) {
  return { done: (args: readonly string[]) => day.done(args), current: () => day.current("database") };
}
