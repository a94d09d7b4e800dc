import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { type AddressInfo, createServer, type Server } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

const root = join(__dirname, "../../..");
const password = "not-to-be-seen";

/** Runs the example until it ends. */
function start(environment: Record<string, string>) {
  const child = spawn(process.execPath, ["--import", "tsx", "examples/typescript/ecs/server.ts"], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", LOG_LEVEL: "debug", ...environment },
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => (output += data.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  const printed = async (text: string) => {
    for (let tries = 0; !output.includes(text) && tries < 600 && child.exitCode === null; tries++)
      await wait(25);
    assert(output.includes(text), `"${text}" was not printed:\n${output}`);
  };
  return { child, ended, printed };
}

/** A PostgreSQL server that refuses every login, as after a rotation. */
async function refusingDatabase(): Promise<Server> {
  const fields = "SFATAL\0C28P01\0Mpassword authentication failed\0\0";
  const refusal = Buffer.alloc(5 + fields.length);
  refusal.write("E");
  refusal.writeInt32BE(4 + fields.length, 1);
  refusal.write(fields, 5);
  const server = createServer((socket) => socket.once("data", () => socket.end(refusal)));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

/** A port nobody listens on. */
async function freePort(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  await once(server.close(), "close");
  return String(port);
}

function status(port: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`http://127.0.0.1:${port}/`, (response) => resolve(response.resume().statusCode)).on("error", reject);
  });
}

describe("examples/typescript/ecs", function () {
  this.timeout(240_000);

  it("names every variable that is missing", async () => {
    const { ended } = start({ DB_HOST: "127.0.0.1", DB_PASSWORD: password });
    const { code, output } = await ended;
    assert.equal(code, 1);
    const { missing } = JSON.parse(output) as { missing: unknown };
    assert.deepEqual(missing, ["DB_NAME", "DB_PORT", "DB_USER"]);
  });

  it("ends when its login is refused, showing no value", async () => {
    const database = await refusingDatabase();
    const { port: databasePort } = database.address() as AddressInfo;
    const port = await freePort();
    const { ended, printed } = start({
      PORT: port,
      DB_HOST: "127.0.0.1",
      DB_NAME: "orders",
      DB_PORT: String(databasePort),
      DB_USER: "orders",
      DB_PASSWORD: password,
    });
    await printed("listening");
    assert.equal(await status(port), 503);
    const { code, output } = await ended;
    database.close();
    assert.equal(code, 1);
    assert.match(output, /the login was refused; ending/);
    assert(!output.includes(password));
  });

  it("ends quietly when it is told to", async () => {
    const { child, ended, printed } = start({
      PORT: await freePort(),
      DB_HOST: "127.0.0.1",
      DB_NAME: "orders",
      DB_PORT: "1",
      DB_USER: "orders",
      DB_PASSWORD: password,
    });
    await printed("listening");
    child.kill("SIGTERM");
    assert.equal((await ended).code, 0);
  });
});
