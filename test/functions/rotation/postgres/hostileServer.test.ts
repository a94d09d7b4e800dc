import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import { tlsFor } from "../../../../functions/rotation/postgres/tls";
import type { Tls } from "../../../../functions/rotation/postgres/tls";
import {
  flood,
  letIn,
  startFakePostgres,
  type Answer,
  type FakePostgres,
} from "../../../support/postgres/fake";
import { errorMessage, message } from "../../../support/postgres/messages";
import { postgresInProcess } from "../../support/inProcess";
import { rotate, rotationFunctionArn } from "../../support/rotation";
import { startSecretsManager, type SecretsManagerDouble } from "../../support/secretsManager";

/** Escape codes, line breaks, a JSON line of its own, and characters that turn the direction of writing. */
const junk =
  '\u001b[31m\u001b]0;title\u0007\r\n{"level":"INFO","message":"forged"}\n\u202E\u2066\u200B\u0000\u009b2J\u2028    at evil (place:1:1)';
const megabytes = "x".repeat(5 * 1024 * 1024);
const longest = 5_000;

/** A server that is broken, or another one than it should be, or in an attacker's hands. */
describe("a hostile server", function () {
  this.timeout(240_000);
  let service: SecretsManagerDouble;
  let server: FakePostgres | undefined;
  let count = 0;

  before(async () => {
    service = await startSecretsManager();
  });

  afterEach(async () => {
    await server?.close();
    server = undefined;
  });

  after(() => service?.close());

  const oneNotice = message("N", `SNOTICE\0C00000\0M${junk.replaceAll("\0", "")}\0\0`);
  const oneParameter = message("S", `server_version\0${junk.replaceAll("\0", "")}\0`);
  const rowDescription = message("T", Buffer.from([0, 1]), "a\0", Buffer.alloc(18));
  const row = message("D", Buffer.from([0, 1, 0, 0, 0x40, 0]), "y".repeat(0x4000));
  const hugeHeader = (type: string) =>
    Buffer.concat([Buffer.from(type), Buffer.from([0x7f, 0xff, 0xff, 0xff])]);
  const auth = (code: number, ...rest: (string | Buffer)[]) =>
    message("R", Buffer.from([0, 0, 0, code]), ...rest);
  const text = (severity: string, code: string, what: string) =>
    errorMessage(severity, code, what.replaceAll("\0", ""));

  /** What it does when a client comes, and what when a statement does. */
  const ways: Readonly<
    Record<string, { start: Answer | Buffer; statement?: Answer | Buffer; told: RegExp }>
  > = {
    "refuses with five megabytes of text": {
      start: text("FATAL", "28P01", junk + megabytes),
      told: /none of 1 known passwords logs in as .*: \{"level":"INFO","message":"forged"\} at evil \(place:1:1\)x+…/,
    },
    "answers a statement with five megabytes of text": {
      start: letIn,
      statement: text("ERROR", "53200", junk + megabytes),
      told: /the database refuses work for .* now \(53200\): .*x…/,
    },
    "sends megabytes as severity and code": {
      start: letIn,
      statement: text(junk + megabytes.slice(0, 1_000_000), junk + megabytes.slice(0, 1_000_000), megabytes),
      told: /the database answered .* with .* no code/,
    },
    "never stops telling notices": {
      start: (_, socket) => flood(socket, Buffer.concat(Array<Buffer>(500).fill(oneNotice))),
      told: /it sent more than 8388608 bytes/,
    },
    "never stops sending rows": {
      start: letIn,
      statement: (_, socket) => {
        socket.write(rowDescription);
        flood(socket, Buffer.concat(Array<Buffer>(20).fill(row)));
      },
      told: /it sent more than 8388608 bytes/,
    },
    "never stops sending parameters": {
      start: (_, socket) => flood(socket, Buffer.concat(Array<Buffer>(500).fill(oneParameter))),
      told: /it sent more than 8388608 bytes/,
    },
    "announces a message of two gigabytes": {
      start: (_, socket) => {
        socket.write(hugeHeader("E"));
        flood(socket, Buffer.alloc(65_536, "z"));
      },
      told: /it sent a message of an impossible length/,
    },
    "announces a message shorter than its length": {
      start: Buffer.from([0x52, 0, 0, 0, 1, 0, 0]),
      told: /it sent a message of an impossible length/,
    },
    "sends an error without an end": {
      start: message("E", "SFATAL\0C28P01\0Mcanary"),
      told: /it sent a message without an end/,
    },
    "sends an error whose last field has an end but the message has none": {
      start: message("E", "SFATAL\0C28P01\0Mcanary\0"),
      told: /it sent a message without an end/,
    },
    "sends an empty error": { start: message("E"), told: /it sent a message without an end/ },
    "asks for an unknown kind of login": { start: auth(99), told: /it sent a message that cannot be read/ },
    "asks for the password in plain text": { start: auth(3), told: /it asks for the password in plain text/ },
    "asks for unknown mechanisms": {
      start: auth(10, `${junk.replaceAll("\0", "")}\0\0`),
      told: /SASL: Only mechanism/,
    },
    "asks for two thousand million rounds of hashing": {
      start: auth(10, "SCRAM-SHA-256\0\0"),
      statement: ({ body }, socket) => {
        const nonce = /r=(.+)$/.exec(body.toString())?.[1] ?? "";
        socket.write(auth(11, `r=${nonce}own,s=${Buffer.alloc(16).toString("base64")},i=2147483647`));
      },
      told: /SASL: .*iteration count 2147483647 exceeds/,
    },
    "sends a row with less than no columns": {
      start: letIn,
      statement: Buffer.concat([rowDescription, message("D", Buffer.from([0xff, 0xff]))]),
      told: /it sent a message that cannot be read/,
    },
    "sends a row that ends too early": {
      start: letIn,
      statement: Buffer.concat([rowDescription, message("D", Buffer.from([0, 9]))]),
      told: /it sent a message that cannot be read/,
    },
    "answers as a web server does": {
      start: Buffer.from(`HTTP/1.1 400 Bad Request\r\n\r\n${junk}`),
      told: /it sent a message of an impossible length/,
    },
    "says nothing": { start: () => undefined, told: /failed or was lost/ },
    "says nothing to a statement": { start: letIn, statement: () => undefined, told: /failed or was lost/ },
    "sends a byte now and then": {
      start: (_, socket) => {
        const bytes = message("R", Buffer.alloc(4));
        let sent = 0;
        const timer = setInterval(() => {
          if (socket.destroyed) clearInterval(timer);
          else socket.write(bytes.subarray(sent % bytes.length, (sent++ % bytes.length) + 1));
        }, 100);
      },
      told: /failed or was lost/,
    },
    "hangs up": { start: (_, socket) => socket.destroy(), told: /failed or was lost/ },
  };

  for (const [way, { start, statement, told }] of Object.entries(ways)) {
    it(`${way}: soon over, little memory, one printable line`, async () => {
      server = await startFakePostgres((sent, socket) => {
        const answer = sent.type === "startup" ? start : sent.type === "X" ? undefined : statement;
        if (typeof answer === "function") answer(sent, socket);
        else if (answer !== undefined) socket.write(answer);
      });
      const login = { engine: "postgres", host: server.host, port: server.port, dbname: "orders" };
      const { output, error } = await attempt({ ...login, username: "orders", password: "canary-password" });
      assert.match(error, told);
      assertPrintable(output);
      assert.ok(!server.received().includes("canary"));
    });
  }

  for (const [way, answer, told] of [
    ["neither yes nor no", "N".repeat(100_000), /it answered the request for TLS with neither yes nor no/],
    [
      "an error of five megabytes",
      errorMessage("FATAL", "53300", megabytes),
      /answered the request for TLS|lost/,
    ],
    ["yes, and then no TLS", `S${junk}`, /answered the request for TLS with neither/],
  ] as const) {
    it(`answers the request for TLS with ${way}`, async () => {
      server = await startFakePostgres((_, socket) => void socket.write(answer));
      const { host, port } = server;
      const login = {
        engine: "postgres",
        host,
        port,
        dbname: "orders",
        username: "orders",
        password: "canary",
      };
      const { output, error } = await attempt(login, tlsFor());
      assert.match(error, told);
      assertPrintable(output);
    });
  }

  it("names in the secret are made printable as well, and cut", async () => {
    const name = `${junk.replaceAll("\0", "")}${megabytes.slice(0, 30_000)}`;
    const server = {
      engine: "postgres",
      host: "db.invalid",
      port: 1,
      dbname: name,
      username: name,
      password: "canary",
    };
    for (const value of [
      server,
      { ...server, host: name },
      { ...server, masterarn: name },
      { ...server, masterarn: `orders/prod/${name}` },
      { ...server, engine: name, host: "" },
    ]) {
      assertPrintable((await attempt(value)).output);
    }
  });

  it("names of fields that differ between two values as well", async () => {
    const name = `${junk.replaceAll("\0", "")}${megabytes.slice(0, 30_000)}`;
    const login = {
      engine: "postgres",
      host: "db.invalid",
      port: 1,
      dbname: "orders",
      username: "orders",
      password: "a",
    };
    const secret = service.secrets.create(`orders/prod/database-${++count}`, JSON.stringify(login), {
      rotationFunction: rotationFunctionArn,
    });
    service.secrets.put(secret, "pending", JSON.stringify({ ...login, [name]: 1 }), ["AWSPENDING"]);
    const { invoke, lines } = postgresInProcess(service, secret);
    const error = await rotate(service.secrets, secret, invoke).then(() => "", String);
    assert.match(error, /it differs from the current value in/);
    assertPrintable([...lines, error]);
  });

  /** A rotation that fails: what came out of it, in how much memory. */
  async function attempt(value: object, tls: Tls = false) {
    const secret = service.secrets.create(`orders/prod/database-${++count}`, JSON.stringify(value), {
      rotationFunction: rotationFunctionArn,
    });
    const { invoke, lines } = postgresInProcess(service, secret, tls);
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const error = await rotate(service.secrets, secret, invoke).then(
      () => assert.fail("it rotated"),
      (thrown: Error) => thrown,
    );
    clearInterval(watch);
    assert.equal(error.name, "RotationError");
    assert.ok(most - before < 200 * 1024 * 1024, `${most - before} bytes`);
    // Nothing is thrown afterwards, where nobody would catch it.
    await delay(50);
    return { error: error.message, output: [...lines, error.message] };
  }

  function assertPrintable(output: readonly string[]): void {
    assert.ok(output.length >= 2);
    for (const line of output) {
      assert.ok(line.length < longest, `${line.length} characters`);
      const texts = line.startsWith("{") ? Object.values(JSON.parse(line) as object).map(String) : [line];
      for (const each of texts) assert.match(each, /^[^\p{C}\p{Zl}\p{Zp}]*$/u);
    }
  }
});
