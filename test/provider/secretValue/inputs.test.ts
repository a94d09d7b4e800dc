import assert from "node:assert/strict";
import { plugin, urn } from "../support/cloud";

const theUrn = urn("SecretValue", "orders-prod-database");
const plain = { form: "string" };
const database = {
  form: "database",
  engine: "postgres",
  database: { host: "db.prod.internal", port: 5432, name: "orders", username: "orders" },
};

describe("SecretValue, without AWS", () => {
  describe("check", () => {
    const check = (inputs: Record<string, unknown>) => plugin({}).secretValue.check(inputs);

    it("finds everything wrong at once", () => {
      const { problems } = check({
        secretId: "orders/prod/database",
        masterArn: "database-admin",
        length: 4,
        size: 3,
        shape: {
          ...{ form: "database", engine: "db2", ssl: "yes" },
          connection: { url: "odbc", readerHost: "", tls: "prefer" },
          database: { host: "", port: 0, username: "orders" },
        },
      });
      assert.deepEqual(
        problems.map(({ property }) => property),
        [
          "size",
          "secretId",
          "masterArn",
          "length",
          "shape.engine",
          "shape.ssl",
          "shape.connection.url",
          "shape.connection.tls",
          "shape.connection.readerHost",
          "shape.database.host",
          "shape.database.name",
          "shape.database.port",
        ],
      );
    });

    const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/key-AbCdEf";
    const broken: [what: string, shape: unknown, property: string][] = [
      ["no shape", undefined, "shape"],
      ["an unknown form", { form: "binary" }, "shape.form"],
      ["no fields", { form: "fields", fields: [] }, "shape.fields"],
      ["an empty field name", { form: "fields", fields: [""] }, "shape.fields"],
      ["a form that is none", { form: "string", generated: { length: 40 } }, "shape.generated"],
      [
        "a form that is easy to guess",
        { form: "string", generated: { length: 31, alphabet: "hex" } },
        "shape.generated",
      ],
      [
        "such a form of a field",
        { form: "fields", fields: ["a"], generated: { a: { bytes: 8, encoding: "hex" } } },
        "shape.generated.a",
      ],
      [
        "a partner that is none",
        { form: "external", type: "SalesForceClientSecret", fields: ["a"] },
        "shape.type",
      ],
      [
        "a partner's secret without fields",
        { form: "external", type: "BigIDClientSecret", fields: [] },
        "shape.fields",
      ],
      ["a key pair of another kind", { form: "key-pair", kind: "rsa-2048" }, "shape.kind"],
      ["a field twice", { form: "fields", fields: ["a", "a"] }, "shape.fields"],
    ];
    for (const [what, shape, property] of broken) {
      it(`refuses ${what}`, () => {
        assert.deepEqual(
          check({ secretId: arn, shape }).problems.map((failure) => failure.property),
          [property],
        );
      });
    }

    it("refuses an administrator of a secret that is no database's", () => {
      const { problems } = check({ secretId: arn, shape: plain, masterArn: arn });
      assert.deepEqual(
        problems.map(({ property }) => property),
        ["masterArn"],
      );
    });

    it("lets pass what a preview does not know yet, and fills in the length", () => {
      const later = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
      assert.deepEqual(check({ secretId: later, shape: later, masterArn: later }), {
        inputs: { secretId: later, shape: later, masterArn: later, length: 32 },
        problems: [],
      });
    });
  });

  describe("diff", () => {
    const old = { secretId: "a", shape: database, length: 32 };
    const diff = (inputs: object, wanted: object) =>
      plugin({}).secretValue.diff({ urn: theUrn, id: "a", state: {}, inputs: { ...inputs } }, { ...wanted });

    it("finds no change where there is none", async () => assert.deepEqual(await diff(old, { ...old }), []));

    it("replaces for another secret only, and names the exact property", async () => {
      const host = { ...database, database: { ...database.database, host: "db2.prod.internal" } };
      assert.deepEqual(await diff(old, { ...old, secretId: "b", shape: host }), [
        { path: "secretId", kind: "update", replaces: true, input: true },
        { path: "shape.database.host", kind: "update", replaces: false, input: true },
      ]);
    });

    it("takes the program's word for the shape of an imported secret", async () => {
      assert.deepEqual(await diff({ secretId: "a" }, old), []);
    });
  });
});
