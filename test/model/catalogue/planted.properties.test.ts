import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { manifestData, type ManifestData } from "./arbitrary";
import { jsonSchema } from "../../../model/catalogue/schema/jsonSchema";
import { textsDrawn, textsIn, textsOfSchema } from "../../support/schemaTexts";
import { changedAt, type Plant, planted, plants, type TextPlace, textPlaces } from "./plants";
import { lines, load } from "./support";

const free: readonly RegExp[] = [
  /^description$/,
  /^secrets\.[^.]+\.description$/,
  /^parameters\.[^.]+\.(?:description|public|expires\.reason|value(?:\.[^.]+)*)$/,
  /^consumers\.[^.]+\.(?:containers\.[^.]+\.)?(?:entryPoint|command|healthCheck\.command|buildspec\.commands)(?:\.\d+)?$/,
  /^consumers\.[^.]+\.(?:containers\.[^.]+\.)?variables\.[^.]+(?:\.[^.]+)?$/,
];

function loadData(data: ManifestData) {
  return load(
    Object.fromEntries(Object.entries(data).map(([name, manifest]) => [name, stringify(manifest)])),
  );
}

/** Whatever the words and texts drawn: the same manifests in each run, so that what they lack shows here. */
const drawn = fc.sample(manifestData(), { numRuns: 500, seed: 1 });
const schema = jsonSchema();

describe("what is planted into any text of any valid manifest", function () {
  this.timeout(480_000);

  it("goes into every key of the schema that takes a text", () => {
    const found = new Set(
      drawn.flatMap((data) => Object.values(data).flatMap((manifest) => [...textsDrawn(schema, manifest)])),
    );
    assert.ok(found.size > 80);
    assert.deepEqual([...found].sort(), [...textsOfSchema(schema)].sort());
  });

  it("is refused where it stands in each key, but in texts for people, values and commands; and no error repeats it raw", () => {
    const tried = new Map<string, number>();
    for (const [number, data] of drawn.entries()) {
      for (const [service, manifest] of Object.entries(data)) {
        for (const { at, place } of textsIn(schema, manifest)) {
          const times = tried.get(place) ?? 0;
          if (times === 3) continue;
          tried.set(place, times + 1);
          const part = place.endsWith(" as key") ? "key" : "value";
          tryPlant(data, { service, path: at, part }, plants[(number + tried.size) % plants.length]!, times);
        }
      }
    }
    const places = [...textsOfSchema(schema)].filter((one) => !tried.has(one));
    assert.deepEqual(places, []);
  });

  it("is so for any of them", () => {
    const property = fc.property(
      manifestData(),
      fc.nat(),
      fc.constantFrom(...plants),
      fc.nat(2),
      (data, index, plant, at) => {
        const all = textPlaces(data);
        tryPlant(data, all[index % all.length]!, plant, at);
      },
    );
    fc.assert(property, { numRuns: 100, endOnFailure: true });
  });
});

function tryPlant(data: ManifestData, place: TextPlace, plant: Plant, at: number): void {
  const { problems, catalogue } = loadData(changedAt(data, place, (text) => planted(text, plant, at)));
  const path = place.path.join(".");
  if (catalogue !== undefined) {
    assert.equal(place.part, "value", path);
    assert.ok(
      free.some((pattern) => pattern.test(path)),
      path,
    );
    return;
  }
  for (const line of lines({ problems })) assert.doesNotMatch(line, /\p{Cc}|\p{Cf}|\n|##\w*\[/u, path);
  assert.ok(
    problems.some(({ file }) => file === `services/${place.service}.yaml`),
    `${path}: ${lines({ problems }).join("; ")}`,
  );
}
