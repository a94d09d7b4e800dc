import assert from "node:assert/strict";
import { databaseEngines, databaseFields } from "../../../model/catalogue/types";
import { tlsModes } from "../../../model/functions/rotation";
import { databaseSecretValue, demandsTls, engineNames } from "../../../model/values/databaseSecret";

const database = { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" };

describe("database secret", () => {
  it("has every field that AWS's rotation functions expect, the administrator where there is one", () => {
    const login = { engine: "postgres", database } as const;
    const value = databaseSecretValue(login, "p");
    assert.deepEqual(Object.keys(value).sort(), [...databaseFields].sort());
    assert.deepEqual(databaseSecretValue({ ...login, ssl: true }, "p", "arn"), {
      engine: "postgres",
      host: "db.prod.internal",
      port: 5432,
      dbname: "orders",
      username: "orders",
      password: "p",
      ssl: true,
      masterarn: "arn",
    });
  });

  it("demands TLS of every function that can be told to, unless the network says plain text", () => {
    for (const engine of databaseEngines) {
      const demanded = engine === "redshift" ? undefined : true;
      assert.equal(demandsTls(engine), demanded, engine);
      for (const mode of tlsModes) {
        const expected = mode === "disable" && demanded ? false : demanded;
        assert.equal(demandsTls(engine, mode), expected, `${engine} ${mode}`);
      }
    }
  });

  it("says so in words AWS's functions understand: a boolean, or nothing", () => {
    const json = (ssl?: boolean) =>
      JSON.stringify(
        databaseSecretValue({ engine: "mysql", database, ...(ssl !== undefined && { ssl }) }, "p"),
      );
    assert.match(json(true), /"ssl":true/);
    assert.match(json(false), /"ssl":false/);
    assert.doesNotMatch(json(), /ssl/);
  });

  it("names every engine as AWS does", () => {
    assert.deepEqual(Object.keys(engineNames).sort(), [...databaseEngines].sort());
    assert.equal(engineNames.documentdb, "mongo");
  });
});
