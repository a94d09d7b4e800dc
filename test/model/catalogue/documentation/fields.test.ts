import assert from "node:assert/strict";
import { parse } from "yaml";
import { writtenExamples } from "../../../../model/catalogue/documentation/examples";
import { conditionWords, manifestFields } from "../../../../model/catalogue/documentation/fields";
import { keysBelow } from "../../../../model/catalogue/documentation/walk";
import { jsonSchema } from "../../../../model/catalogue/schema/jsonSchema";
import { service } from "../../../../model/catalogue/schema/service";
import { parsed } from "../../../../model/yaml/issues";

const fields = manifestFields();
const meanings = fields.flatMap(({ path, meanings: all }) => all.map((meaning) => ({ path, ...meaning })));
const meaningsOf = (path: string) => fields.find((field) => field.path === path)?.meanings ?? [];

describe("what is known of a manifest's keys", () => {
  it("is every key of the JSON Schema, by the same description", () => {
    const inSchema = new Map<string, Set<string>>();
    const walk = (node: unknown, path: string): void => {
      if (typeof node !== "object" || node === null) return;
      const { properties, additionalProperties, items, ...rest } = node as Record<string, unknown>;
      // Closed maps alone have keys of ours; the properties of a condition only look at some.
      for (const [key, property] of Object.entries(
        additionalProperties === false ? (properties as Record<string, { description?: string }>) : {},
      )) {
        const below = path === "" ? key : `${path}.${key}`;
        const texts = inSchema.get(below) ?? new Set();
        inSchema.set(below, texts.add(property.description ?? ""));
        walk(property, below);
      }
      const isFixed = typeof additionalProperties !== "object";
      if (!isFixed) walk(additionalProperties, hasKeys(additionalProperties) ? `${path}.NAME` : path);
      walk(items, path);
      walk(rest["then"], path);
      for (const key of ["anyOf", "oneOf", "allOf"])
        for (const one of (rest[key] as unknown[] | undefined) ?? []) walk(one, path);
    };
    walk(jsonSchema(), "");
    assert.deepEqual(
      fields
        .map(({ path }) => path)
        .filter((path) => !path.endsWith(".NAME"))
        .sort(),
      [...inSchema.keys()].sort(),
    );
    for (const [path, texts] of inSchema)
      assert.deepEqual(new Set(meaningsOf(path).map(({ description }) => description)), texts, path);
  });

  it("says of each what it is, what it takes and an example", () => {
    for (const { path, description, takes, example } of meanings) {
      assert.match(description, /\.$/, path);
      assert.ok(takes.length > 2, path);
      assert.notEqual(example, "", `${path}: write one in model/catalogue/documentation/examples.ts`);
    }
    assert.deepEqual(
      writtenExamples.filter((path) => meaningsOf(path).length === 0),
      [],
    );
  });

  it("has examples that the schema takes, by environment too", () => {
    for (const { path, schema, when } of keysBelow(service)) {
      const meaning = meaningsOf(path.join(".")).find(
        (one) => one.when === undefined || one.when.words.includes(when?.words[0] ?? ""),
      );
      assert.ok(meaning, path.join("."));
      for (const text of [meaning.example, meaning.byEnvironment]) {
        if (text === undefined) continue;
        const result = parsed(schema, parse(text) as unknown);
        assert.ok("value" in result, `${path.join(".")}: ${text}: ${JSON.stringify(result)}`);
      }
      if (meaning.default !== undefined)
        assert.ok("value" in parsed(schema, parse(meaning.default)), path.join("."));
    }
  });

  it("tells a key's meanings apart by the key that decides", () => {
    const [lambda, ecs, ...others] = meaningsOf("consumers.NAME.memory");
    assert.deepEqual(
      [lambda?.when?.words, lambda?.default, ecs?.when?.words, ecs?.default, others],
      [["lambda"], "256", ["ecs"], undefined, []],
    );
    assert.equal(meaningsOf("parameters.NAME.tier")[0]?.when, undefined);
    const [every] = meaningsOf("secrets.NAME.rotation.every");
    assert.equal(every?.when && conditionWords(every.when), "with any method but rds-managed");
  });
});

function hasKeys(node: unknown): boolean {
  const text = JSON.stringify(node);
  return text.includes('"additionalProperties":false');
}
