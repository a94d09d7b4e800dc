import assert from "node:assert/strict";
import {
  differingFields,
  parseCredentials,
  withLogin,
} from "../../../../functions/rotation/postgres/credentials";
import { otherUser } from "../../../../functions/rotation/postgres/alternatingUsers";
import { databaseSecretValue } from "../../../../model/values/databaseSecret";

describe("database login in a secret", () => {
  const database = { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" };
  const value = databaseSecretValue(
    { engine: "postgres", database, ssl: true },
    "canary",
    "orders/prod/database-admin",
  );

  it("is read from what the platform composes", () => {
    const { document, ...login } = parseCredentials(JSON.stringify(value), "the value");
    assert.deepEqual(document, value);
    assert.deepEqual(login, {
      host: "db.prod.internal",
      port: 5432,
      dbname: "orders",
      username: "orders",
      password: "canary",
      masterarn: "orders/prod/database-admin",
    });
  });

  it("may leave out port, database and engine, and give the port as text, as AWS's functions allow", () => {
    const { port, dbname } = parseCredentials('{"host":"h","username":"u","password":"p"}', "the value");
    assert.deepEqual([port, dbname], [5432, "postgres"]);
    assert.equal(parseCredentials(JSON.stringify({ ...value, port: "6432" }), "the value").port, 6432);
  });

  it("names every field that is missing or wrong at once, and no value", () => {
    const wrong = {
      engine: "mysql",
      host: "",
      port: 70000,
      dbname: 7,
      username: null,
      password: ["canary"],
      masterarn: 1,
    };
    assert.throws(
      () => parseCredentials(JSON.stringify(wrong), "the value"),
      (error: Error) => {
        for (const field of Object.keys(wrong)) assert.ok(error.message.includes(field), field);
        assert.ok(!error.message.includes("canary"));
        return true;
      },
    );
  });

  for (const text of ["canary", "", "[]", "null", '"canary"', '{"password": canary}']) {
    it(`${JSON.stringify(text)} is refused without being repeated`, () => {
      assert.throws(
        () => parseCredentials(text, "the value"),
        /^RotationError: the value is not a JSON object; [^c]*$/m,
      );
    });
  }

  it("a next version changes user and password and keeps all else, in its order", () => {
    const current = parseCredentials(JSON.stringify({ ...value, note: { kept: true } }), "the value");
    const next = withLogin(current, "orders_clone", "next");
    assert.equal(
      next,
      JSON.stringify({ ...value, note: { kept: true } })
        .replace('"username":"orders"', '"username":"orders_clone"')
        .replace('"canary"', '"next"'),
    );
    assert.deepEqual(differingFields(current, parseCredentials(next, "the value")), []);
    const moved = parseCredentials(JSON.stringify({ ...value, host: "elsewhere" }), "the value");
    assert.deepEqual(differingFields(current, moved), ["host", "note"]);
  });
});

describe("the other of two alternating users", () => {
  it("is the clone, and back", () => {
    assert.equal(otherUser("orders"), "orders_clone");
    assert.equal(otherUser("orders_clone"), "orders");
  });

  it("must fit PostgreSQL's names: 63 bytes, not characters", () => {
    assert.equal(otherUser("o".repeat(57)).length, 63);
    assert.throws(() => otherUser("o".repeat(58)), /leaves no room for _clone: PostgreSQL takes 63 bytes/);
    assert.throws(() => otherUser("ö".repeat(29)), /leaves no room/);
  });
});
