import assert from "node:assert/strict";
import { type DatabaseWorld, databaseWorld, type RotatingLogin, type Strategy } from "./support/database";
import { ask, freePort } from "./support/http";
import { assertKeepsToItself, type Environment, type Program, startProgram } from "./support/program";

const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

describe("examples/python/ecs", function () {
  this.timeout(240_000);
  let world: DatabaseWorld;
  let port: string;
  const programs: Program[] = [];

  databaseWorld((started) => (world = started));
  beforeEach(async () => (port = await freePort()));
  afterEach(() => Promise.all(programs.splice(0).map((program) => program.stop())));

  async function start(file: string, environment: Environment): Promise<Program> {
    const own = { PORT: port, ...credentials, ...world.environment, ...environment };
    const program = await startProgram(`ecs/${file}`, own);
    programs.push(program);
    return program;
  }
  const status = async () => (await ask(port)).status;

  /** A server that is full, and one that is down: neither has refused the login. */
  async function throughOutages(login: RotatingLogin): Promise<void> {
    await login.limit(0);
    await login.disconnect();
    assert.equal(await status(), 503, "full");
    await login.limit(-1);
    assert.equal(await status(), 200);
    await world.postgres.stop();
    try {
      assert.equal(await status(), 503, "down");
    } finally {
      await world.postgres.start();
    }
    assert.equal(await status(), 200);
  }

  describe("injected.py", () => {
    const connection = { url: "sqlalchemy", tls: "verify-full" } as const;

    /** As ECS does when it starts a task: copies the address of that moment. */
    async function startTask(login: RotatingLogin): Promise<Program> {
      const program = await start("injected.py", { DATABASE_URL: login.current()["url"] ?? "" });
      await program.printed("listening");
      return program;
    }

    it("serves on after a rotation, ends when its login is refused, and starts with the present one", async () => {
      const login = await world.create("alternating users", connection);
      await login.rotate();
      const task = await startTask(login);
      assert.equal(await status(), 200);
      await login.rotate();
      await login.disconnect();
      assert.equal(await status(), 200, "the login of before is still good");
      await login.rotate();
      await login.disconnect();
      assert.equal(await status(), 503);
      assert.equal(await task.ended, 1);
      assert.match(task.output(), /the login was refused; ending, so that ECS starts a task/);
      const next = await startTask(login);
      assert.equal(await status(), 200);
      for (const { output } of [task, next]) assertKeepsToItself(output(), login.values());
    });

    it("lives through outages of its database, showing no value", async () => {
      const login = await world.create("alternating users", connection);
      await login.rotate();
      const task = await startTask(login);
      assert.equal(await status(), 200);
      await throughOutages(login);
      assertKeepsToItself(task.output(), login.values());
    });

    it("names a variable that is missing, and shows nothing of an address it cannot read", async () => {
      const missing = await start("injected.py", {});
      assert.equal(await missing.ended, 1);
      assert.match(missing.output(), /"missing": \["DATABASE_URL"\]/);
      const password = "canary-5f0c1d2e";
      for (const address of [
        `postgresql+psycopg://localhost:${password}/orders`,
        `jdbc:postgresql://localhost:5432/orders?user=orders&password=${password}`,
        `host='localhost' password='${password}'`,
        `${password}://localhost`,
        `mysql://orders:${password}@localhost/orders`,
        password,
      ]) {
        const program = await start("injected.py", { DATABASE_URL: address });
        assert.equal(await program.ended, 1);
        assert.match(program.output(), /DATABASE_URL is no address of `url: sqlalchemy`/);
        assertKeepsToItself(program.output(), [password]);
      }
    });

    it("ends quietly when it is told to", async () => {
      const task = await startTask(await rotated("single user"));
      task.child.kill("SIGTERM");
      assert.equal(await task.ended, 0);
    });

    async function rotated(strategy: Strategy): Promise<RotatingLogin> {
      const login = await world.create(strategy, connection);
      await login.rotate();
      return login;
    }
  });

  describe("at_run_time.py", () => {
    for (const strategy of ["single user", "alternating users"] as const) {
      it(`${strategy}: every request is answered through three rotations, with no new task`, async () => {
        const login = await world.create(strategy);
        const task = await start("at_run_time.py", { DATABASE_ARN: login.arn });
        await task.printed("listening");
        assert.equal(await status(), 200);
        for (let times = 1; times <= 3; times++) {
          await login.rotate();
          await login.disconnect();
          assert.equal(await status(), 200, `after rotation ${times}`);
        }
        assert.match(task.output(), /the login was refused; reading the present one/);
        assertKeepsToItself(task.output(), login.values());
      });
    }

    it("reads nothing again while its database is full or down, and goes on when it is not", async () => {
      const login = await world.create("single user");
      const task = await start("at_run_time.py", { DATABASE_ARN: login.arn });
      await task.printed("listening");
      assert.equal(await status(), 200);
      const read = world.service.calls.length;
      await throughOutages(login);
      assert.equal(world.service.calls.length, read);
      assertKeepsToItself(task.output(), login.values());
    });

    it("refuses a server that another authority vouches for", async () => {
      const login = await world.create("single user");
      const task = await start("at_run_time.py", {
        DATABASE_ARN: login.arn,
        PGSSLROOTCERT: "/etc/ssl/certs/ca-certificates.crt",
      });
      await task.printed("listening");
      assert.equal(await status(), 503);
      assertKeepsToItself(task.output(), login.values());
    });
  });
});
