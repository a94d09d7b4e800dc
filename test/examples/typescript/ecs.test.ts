import assert from "node:assert/strict";
import type { Login } from "../../functions/support/databaseSecrets";
import { type Databases, databases } from "../support/databases";
import { freePort, start, status, stopPrograms } from "../support/program";

const credentials = { AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };

describe("examples/typescript/ecs", function () {
  this.timeout(300_000);
  let running: Databases;
  databases((started) => (running = started));
  afterEach(stopPrograms);

  describe("injected.ts", () => {
    /** What ECS does when a task starts. */
    const injected = ({ host, port, dbname, username, password }: Login) => ({
      DB_HOST: host,
      DB_NAME: dbname,
      DB_PORT: String(port),
      DB_USER: username,
      DB_PASSWORD: password,
    });
    const task = async (login: Login, further: Readonly<Record<string, string>> = {}) => {
      const port = await freePort();
      const environment = { ...running.environment, ...injected(login), ...further };
      const program = start("ecs/injected.ts", { ...environment, PORT: port });
      await program.printed("listening");
      return { port, ...program };
    };

    it("names every variable that is missing", async () => {
      const { ended } = start("ecs/injected.ts", { DB_HOST: "127.0.0.1", DB_PASSWORD: "not-to-be-seen" });
      const { code, output } = await ended;
      assert.equal(code, 1);
      const { missing } = JSON.parse(output) as { missing: unknown };
      assert.deepEqual(missing, ["DB_NAME", "DB_PORT", "DB_USER"]);
    });

    it("is good for one rotation, ends when its login is refused, and starts again with the present one", async () => {
      const login = await running.alternating();
      const first = login.current();
      const old = await task(first);
      assert.equal(await status(old.port), 200);

      await login.rotate();
      await login.disconnect();
      assert.equal(await status(old.port), 200, "the login before is good until the next rotation");

      await login.rotate();
      await login.disconnect();
      assert.equal(await status(old.port), 503);
      const { code, output } = await old.ended;
      assert.equal(code, 1);
      assert.match(output, /the login was refused; ending/);
      for (const { password } of [first, login.current()]) assert(!output.includes(password));

      const { port } = await task(login.current());
      assert.equal(await status(port), 200);
    });

    it("gives its login to no server whose certificate it does not trust", async () => {
      const { port } = await task((await running.alternating()).current(), { NODE_EXTRA_CA_CERTS: "" });
      assert.equal(await status(port), 503);
    });

    it("ends quietly when it is told to", async () => {
      const { child, ended } = await task((await running.alternating()).current());
      child.kill("SIGTERM");
      assert.equal((await ended).code, 0);
    });
  });

  describe("reading.ts", () => {
    const task = async (arn: string, further: Readonly<Record<string, string>> = {}) => {
      const port = await freePort();
      const environment = { ...running.environment, ...credentials, ...further };
      const program = start("ecs/reading.ts", { ...environment, DATABASE_ARN: arn, PORT: port });
      await program.printed("listening");
      return { port, ...program };
    };

    it("answers through rotations of alternating users, without a new task", async () => {
      const login = await running.alternating();
      const passwords = [login.current().password];
      const { port, output } = await task(login.secret.arn);
      assert.equal(await status(port), 200);
      for (let rotations = 0; rotations < 4; rotations++) {
        await login.rotate();
        await login.disconnect();
        passwords.push(login.current().password);
        assert.equal(await status(port), 200, `after rotation ${rotations + 1}:\n${output()}`);
      }
      for (const password of passwords) assert(!output().includes(password));
    });

    it("reads once for all queries that are refused together", async () => {
      const login = await running.single();
      const { port, output } = await task(login.secret.arn);
      assert.equal(await status(port), 200);
      await login.rotate();
      await login.disconnect();
      running.service.calls.length = 0;
      const answers = await Promise.all(Array.from({ length: 20 }, () => status(port)));
      assert.deepEqual(new Set(answers), new Set([200]), output());
      assert.equal(running.service.calls.length, 1);
    });

    it("waits for a secret that does not hold yet what a rotation has set", async () => {
      const login = await running.single();
      const { port, output } = await task(login.secret.arn);
      assert.equal(await status(port), 200);
      let answer: Promise<number | undefined> | undefined;
      running.service.hook = async ({ operation }, moment) => {
        if (operation !== "UpdateSecretVersionStage" || moment !== "before") return;
        await login.disconnect();
        answer = status(port);
        // It is refused twice meanwhile, with what was kept and with what it read again.
        await new Promise((resolve) => setTimeout(resolve, 700));
      };
      await login.rotate();
      running.service.hook = undefined;
      assert.equal(await answer, 200, output());
    });

    it("says what failed, and answers again once it works", async () => {
      const login = await running.single();
      const { port, printed } = await task(login.secret.arn);
      running.service.hook = () => Promise.reject(new Error("the line is cut"));
      assert.equal(await status(port), 503);
      running.service.hook = undefined;
      await printed("the request failed");
      assert.equal(await status(port), 200);
    });

    it("shows nothing of a secret that has another form", async () => {
      const secret = running.service.secrets.create("orders/prod/of-another-form", "canary-not-to-be-seen");
      const { port, output, printed } = await task(secret.arn);
      assert.equal(await status(port), 503);
      await printed("the secret is no JSON object");
      assert(!output().includes("canary"));
    });

    it("gives its login to no server whose certificate it does not trust", async () => {
      const { port, printed } = await task((await running.single()).secret.arn, { NODE_EXTRA_CA_CERTS: "" });
      assert.equal(await status(port), 503);
      await printed("self-signed certificate");
    });

    it("ends quietly when it is told to", async () => {
      const { child, ended } = await task((await running.single()).secret.arn);
      child.kill("SIGTERM");
      assert.equal((await ended).code, 0);
    });
  });
});
