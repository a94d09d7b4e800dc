import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client, escapeIdentifier, escapeLiteral } from "pg";
import { connectionFields, type AddressForm } from "../../../../model/values/connectionFields";
import { nodePostgres, pgJdbc, psql, sqlAlchemy } from "../../../support/drivers/drivers";
import { provided } from "../../../support/leftOut";
import { makeCertificate } from "../../../support/postgres/certificate";
import { startPostgres, type PostgresServer } from "../../../support/postgres/server";

const printableAscii = String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 0x20 + index));

/** Passwords that the parsers of the drivers could take for something else, and one of everything. */
const passwords = [
  printableAscii,
  [...printableAscii].reverse().join(""),
  "%41%zz%",
  "a+b c&password=x",
  "' \\' \\\\",
  "é€😀ü",
  "//?#@:@localhost/",
];

describe("a connection address", function () {
  let postgres: PostgresServer;
  let folder: string;
  let root: string;
  /** One user for each password, by names of the kind that needs encoding. */
  const logins = passwords.map((password, index) => ({ username: `us%er@"'${index}`, password }));
  const users = logins.map(({ username }) => username);

  before(async function () {
    this.timeout(120_000);
    const certificate = await provided(this, () => Promise.resolve(makeCertificate("localhost")));
    postgres = await provided(this, () => startPostgres({ tls: certificate }));
    folder = mkdtempSync(join(tmpdir(), "drivers-test-"));
    root = join(folder, "root.pem");
    writeFileSync(root, certificate.certificate);
    for (const { username, password } of logins) {
      const [role, text] = [escapeIdentifier(username), escapeLiteral(password)];
      await postgres.query(`CREATE ROLE ${role} LOGIN PASSWORD ${text}`);
    }
    await postgres.query(`CREATE DATABASE ${escapeIdentifier("b a'\\r")}`);
  });

  after(async () => {
    await postgres?.remove();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  function addresses(form: AddressForm, dbname = "postgres", host = "localhost"): readonly string[] {
    const place = { host, port: postgres.port, dbname };
    return logins.map(
      (login) => connectionFields({ ...place, ...login }, { url: form, tls: "verify-full" }).url ?? "",
    );
  }

  it("logs in by node-postgres", async () => {
    const sessions = addresses("uri").map((address) => nodePostgres(address, root));
    assert.deepEqual(await Promise.all(sessions), users);
  });

  it("logs in by psql, as an address and as keywords", async function () {
    this.timeout(120_000);
    const driver = await provided(this, psql);
    for (const given of [addresses("uri"), addresses("dsn", "b a'\\r")]) {
      const sessions: string[] = [];
      for (const address of given) sessions.push(await driver(address, root));
      assert.deepEqual(sessions, users);
    }
  });

  it("has psql check certificate and host name", async function () {
    this.timeout(120_000);
    const driver = await provided(this, psql);
    const [elsewhere = ""] = addresses("uri", "postgres", "127.0.0.1");
    await assert.rejects(driver(elsewhere, root), /does not match host name/);
    const [untrusted = ""] = addresses("uri");
    await assert.rejects(driver(untrusted, join(folder, "none.pem")), /root certificate/);
  });

  it("logs in by pgJDBC", async function () {
    this.timeout(300_000);
    const driver = await provided(this, pgJdbc);
    assert.deepEqual(await driver(addresses("jdbc"), root), users);
  });

  it("says to SQLAlchemy what logs in", async function () {
    this.timeout(300_000);
    const parse = await provided(this, sqlAlchemy);
    for (const [form, driver] of [
      ["sqlalchemy", "postgresql+psycopg"],
      ["uri", "postgresql"],
    ] as const) {
      const parsed = await parse(addresses(form));
      assert.deepEqual(
        parsed,
        logins.map(({ username, password }) => ({
          driver,
          host: "localhost",
          port: postgres.port,
          database: "postgres",
          user: username,
          password,
          query: { sslmode: "verify-full" },
        })),
      );
      for (const { host, port, database, user, password } of parsed) {
        const client = new Client({ host, port, database, user, password });
        await client.connect();
        await client.end();
      }
    }
  });
});
