import assert from "node:assert/strict";
import { databaseEngines, databaseFields } from "../../../model/catalogue/types";
import { databaseSecretValue, engineNames } from "../../../model/values/databaseSecret";

const database = { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" };

describe("database secret", () => {
  it("has every field that AWS's rotation functions expect, the administrator where there is one", () => {
    const value = databaseSecretValue("postgres", database, "p");
    assert.deepEqual(Object.keys(value).sort(), [...databaseFields].sort());
    assert.deepEqual(databaseSecretValue("postgres", database, "p", "arn"), {
      engine: "postgres",
      host: "db.prod.internal",
      port: 5432,
      dbname: "orders",
      username: "orders",
      password: "p",
      masterarn: "arn",
    });
  });

  it("names every engine as AWS does", () => {
    assert.deepEqual(Object.keys(engineNames).sort(), [...databaseEngines].sort());
    assert.equal(engineNames.documentdb, "mongo");
  });
});
