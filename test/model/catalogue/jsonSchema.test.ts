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
import { readService } from "../../../model/catalogue/schema/differences";
import { replaced, steps } from "./changes";
import { load, orders, root } from "./support";

const ajv = new Ajv({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
ajv.addVocabulary(["patternErrorMessage", "defaultSnippets"]);
const validate = ajv.compile(jsonSchema());

function errorsOf(data: unknown): readonly ErrorObject[] {
  return validate(data) ? [] : (validate.errors ?? []);
}

/** Takes something out of a manifest, or puts there what stands elsewhere or nowhere, under a key of any other place. */
function change(): fc.Arbitrary<(manifest: object) => unknown> {
  const values = fc.constantFrom<unknown>(
    ...[null, "", 0, -1, 1, 1.5, true, false, [], {}, [null], "x", "X y", ["a", "a"], { a: 1 }, { "": 1 }],
    ...["1 day", "01 days", "1 Days", "0 seconds", "16 minutes", "*", "a/b", "a.b", "a..b", "default"],
    ...["a".repeat(5_000), 1e9, 65_536, { staging: "a", prod: "b" }, { nope: "a" }, "a\n", "\ta", "\u2028"],
    ...[{ uuid: false }, { keyPair: "ed25519", tokenLifetime: "1 day" }, { bytes: 15 }, { kind: "role" }],
  );
  return fc
    .record({
      at: fc.nat(),
      from: fc.nat(),
      value: values,
      what: fc.constantFrom("out", "value", "key", "move"),
    })
    .map(({ at, from, value, what }) => (manifest: object) => {
      const all = steps(manifest).filter((path) => path.length > 0);
      const [path, other] = [all[at % all.length]!, all[from % all.length]!];
      const elsewhere = other.reduce<unknown>((node, step) => (node as never)[step], manifest);
      switch (what) {
        case "out":
          return replaced(manifest, path);
        case "value":
          return replaced(manifest, path, { value });
        case "key":
          return replaced(manifest, [...path.slice(0, -1), other.at(-1)!], { value: elsewhere });
        default:
          return replaced(manifest, path, { value: elsewhere });
      }
    });
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

  it("and the loader judge any other manifest alike, but for keys that disagree with each other", () => {
    fc.assert(
      fc.property(manifestData(), fc.array(change(), { minLength: 20, maxLength: 20 }), (data, changes) => {
        const [name, manifest] = Object.entries(data)[0]!;
        for (const one of changes) {
          const changed = one(manifest);
          const read = readService(changed);
          const differences = "differences" in read ? read.differences : [];
          const refused = differences.filter(({ kind }) => kind !== "disagreement");
          if (validate(changed)) assert.deepEqual(refused, [], JSON.stringify(changed));
          else if (differences.length === 0) {
            // What the loader's rules know, the editor may know as well.
            const files = { ...data, [name]: changed as object };
            const texts = Object.entries(files).map(([file, text]) => [file, JSON.stringify(text)]);
            const { catalogue } = load(Object.fromEntries(texts) as Record<string, string>);
            assert.equal(
              catalogue,
              undefined,
              `${JSON.stringify(changed)} ${ajv.errorsText(validate.errors)}`,
            );
          }
        }
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
