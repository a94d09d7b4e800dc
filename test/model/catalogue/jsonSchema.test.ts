import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv, { type ErrorObject } from "ajv";
import fc from "fast-check";
import { parse } from "yaml";
import { jsonSchema, jsonSchemaText, schemaFileName } from "../../../model/catalogue/schema/jsonSchema";
import { environmentNames } from "../../../model/organisation/environmentNames";
import { manifestData } from "./arbitrary";
import { organisationFiles } from "../../support/organisation";
import { orders, root } from "./support";

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
ajv.addVocabulary(["patternErrorMessage", "defaultSnippets"]);
const validate = ajv.compile(jsonSchema());

function errorsOf(data: unknown): readonly ErrorObject[] {
  return validate(data) ? [] : (validate.errors ?? []);
}

describe("the JSON Schema of a manifest", () => {
  it("is the file beside the manifests (else run `npx platform schema`)", () => {
    assert.equal(
      readFileSync(join(root, "services", schemaFileName), "utf8"),
      jsonSchemaText(environmentNames(root)),
    );
  });

  it("is of draft 7 and describes every key", () => {
    assert.equal(jsonSchema()["$schema"], "http://json-schema.org/draft-07/schema#");
    const undescribed: string[] = [];
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      const { properties } = node as { properties?: Record<string, { description?: string }> };
      const isSchema = "additionalProperties" in node;
      for (const [key, property] of isSchema ? Object.entries(properties ?? {}) : []) {
        if (property.description === undefined) undescribed.push(`${path}.${key}`);
      }
      for (const [key, child] of Object.entries(node)) walk(child, `${path}.${key}`);
    };
    walk(jsonSchema(), "");
    assert.deepEqual(undescribed, []);
  });

  it("takes the samples", () => {
    const folder = join(organisationFiles, "services");
    const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
    assert.ok(files.length >= 5);
    for (const file of files) {
      assert.deepEqual(errorsOf(parse(readFileSync(join(folder, file), "utf8"))), [], file);
    }
  });

  it("takes any valid manifest", () => {
    fc.assert(
      fc.property(manifestData(), (data) => {
        for (const manifest of Object.values(data)) assert.deepEqual(errorsOf(manifest), []);
      }),
      { numRuns: 60 },
    );
  }).timeout(240_000);

  const refused: Readonly<Record<string, string>> = {
    "an unknown key": "colour: blue",
    "a name in another form": "parameters:\n  logLevel: { description: x, type: String, value: x }",
    "a secret's name that ends as ARNs do":
      "secrets:\n  the-secret: { description: x, rotation: { method: generated, every: 1 day } }",
    "a secret without a rotation": "secrets:\n  key: { description: x }",
    "a rotation without a schedule": "secrets:\n  key: { description: x, rotation: { method: generated } }",
    "a rotation with two schedules":
      "secrets:\n  key: { description: x, rotation: { method: generated, every: 1 day, schedule: rate(1 day) } }",
    "a unit that does not exist":
      "secrets:\n  key: { description: x, rotation: { method: generated, every: 2 weeks } }",
    "a database secret without a database":
      "secrets:\n  key: { description: x, rotation: { method: mysql-single-user, every: 1 day } }",
    "alternating users without an administrator":
      "secrets:\n  key: { description: x, rotation: { method: mysql-alternating-users, every: 1 day }, database: { host: a, port: 1, name: a, username: a } }",
    "a database on a generated secret":
      "secrets:\n  key: { description: x, rotation: { method: generated, every: 1 day }, database: { host: a, port: 1, name: a, username: a } }",
    "a SecureString's value":
      "parameters:\n  key: { description: x, type: SecureString, value: x, expires: { after: 90 days } }",
    "a SecureString that does not expire": "parameters:\n  key: { description: x, type: SecureString }",
    "`environment` of a lambda": "consumers:\n  api: { kind: lambda, environment: { A: b } }",
    "a kind that does not exist": "consumers:\n  api: { kind: fargate }",
  };
  for (const [what, part] of Object.entries(refused)) {
    it(`refuses ${what}`, () => {
      assert.deepEqual(errorsOf(parse(orders("consumers: { api: { kind: lambda } }"))), []);
      assert.notDeepEqual(errorsOf(parse(orders(part))), []);
    });
  }
});
