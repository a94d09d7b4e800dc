import assert from "node:assert/strict";
import fc from "fast-check";
import { addressForms, connectionFields, plainDatabaseName } from "../../../model/values/connectionFields";
import { tlsModes } from "../../../model/functions/rotation";

const login = {
  host: "db.internal",
  port: 6432,
  dbname: "orders",
  username: "orders",
  password: "p@ss/%'\\",
};

describe("connection fields", () => {
  it("are an address of each form, every part encoded", () => {
    const urls = addressForms.map((url) => connectionFields(login, { url, tls: "verify-full" }).url);
    assert.deepEqual(urls, [
      "postgresql://orders:p%40ss%2F%25%27%5C@db.internal:6432/orders?sslmode=verify-full",
      "jdbc:postgresql://db.internal:6432/orders?user=orders&password=p%40ss%2F%25%27%5C&sslmode=verify-full",
      "postgresql+psycopg://orders:p%40ss%2F%25%27%5C@db.internal:6432/orders?sslmode=verify-full",
      "postgresql://orders:p%40ss%2F%25%27%5C@db.internal:6432/orders?sslmode=require&sslaccept=strict",
      "host='db.internal' port='6432' dbname='orders' user='orders' password='p@ss/%\\'\\\\' sslmode='verify-full'",
    ]);
  });

  it("ask for the TLS that the rotation itself asks for", () => {
    for (const url of addressForms.filter((form) => form !== "prisma"))
      for (const tls of tlsModes)
        assert.match(connectionFields(login, { url, tls }).url ?? "", new RegExp(`sslmode='?${tls}'?$`));
  });

  it("have Prisma's engine check a certificate wherever the rotation does, in words that it knows", () => {
    const queries = tlsModes.map((tls) => [
      tls,
      new URL(connectionFields(login, { url: "prisma", tls }).url ?? "").search,
    ]);
    assert.deepEqual(Object.fromEntries(queries), {
      "verify-full": "?sslmode=require&sslaccept=strict",
      "verify-ca": "?sslmode=require&sslaccept=strict",
      require: "?sslmode=require&sslaccept=accept_invalid_certs",
      disable: "?sslmode=disable",
    });
  });

  it("lead readers to their host with the same login", () => {
    const { url, readerUrl, readerHost } = connectionFields(login, {
      url: "uri",
      readerHost: "reader.internal",
      tls: "require",
    });
    assert.equal(readerHost, "reader.internal");
    assert.equal(readerUrl, url?.replace("db.internal", "reader.internal"));
    assert.deepEqual(connectionFields(login, { readerHost: "reader.internal", tls: "require" }), {
      readerHost,
    });
    assert.deepEqual(connectionFields(login, { tls: "require" }), {});
  });

  it("hold an IPv6 address in brackets where it needs them", () => {
    const urls = addressForms.map(
      (url) => connectionFields({ ...login, host: "fd00::7" }, { url, tls: "disable" }).url ?? "",
    );
    assert.deepEqual(
      urls.map((url) => /\[fd00::7\]:6432|host='fd00::7'/.test(url)),
      [true, true, true, true, true],
    );
  });

  it("hold nothing but printable ASCII, and decode to what went in, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (username, password) => {
        const { url = "" } = connectionFields(
          { ...login, username, password },
          { url: "uri", tls: "disable" },
        );
        assert.match(url, /^[!-~]+$/);
        const [, user, secret] = /^postgresql:\/\/([^:@/]*):([^:@/]*)@db\.internal:6432\/orders\?/.exec(url)!;
        assert.deepEqual(
          [user, secret].map((part = "") => decodeURIComponent(part)),
          [username, password].map(wellFormed),
        );
      }),
    );
  });

  it("name databases that no driver reads otherwise", () => {
    assert.ok(plainDatabaseName.test("orders_v2.1-a~"));
    for (const name of ["a@b", "a/b", "a%20", "a b", "ä", ""]) assert.ok(!plainDatabaseName.test(name), name);
  });
});

/** As UTF-8 has it: half a surrogate pair is no character. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}
