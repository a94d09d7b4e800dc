import assert from "node:assert/strict";
import fc from "fast-check";
import { stringify } from "yaml";
import { manifestData, type ManifestData } from "./arbitrary";
import { changedAt, planted, plants, type TextPlace, textPlaces } from "./plants";
import { lines, load } from "./support";

const free: readonly RegExp[] = [
  /^description$/,
  /^secrets\.[^.]+\.description$/,
  /^parameters\.[^.]+\.(?:description|expires\.reason|value(?:\.[^.]+)*)$/,
  /^consumers\.[^.]+\.(?:command|buildspec\.commands)\.\d+$/,
];

function loadData(data: ManifestData) {
  return load(
    Object.fromEntries(Object.entries(data).map(([name, manifest]) => [name, stringify(manifest)])),
  );
}

describe("what is planted into any text of any valid manifest", function () {
  this.timeout(480_000);

  it("is refused where it stands, but in texts for people, values and commands; and no error repeats it raw", () => {
    const refused = new Set<string>();
    const property = fc.property(
      manifestData(),
      fc.nat(),
      fc.constantFrom(...plants),
      fc.nat(2),
      (data, index, plant, at) => {
        const all = textPlaces(data);
        const place = all[index % all.length]!;
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
        refused.add(kindOf(place));
        for (const line of lines({ problems })) assert.doesNotMatch(line, /\p{Cc}|\p{Cf}|\n|##\w*\[/u, path);
        assert.ok(
          problems.some(({ file }) => file === `services/${place.service}.yaml`),
          path,
        );
      },
    );
    fc.assert(property, { numRuns: 400, endOnFailure: true });
    for (const kind of ["key", "environments", "reads", "host", "username", "owner"]) {
      assert.ok(refused.has(kind), `${kind} was never tried: ${[...refused].join(", ")}`);
    }
  });
});

function kindOf({ path, part }: TextPlace): string {
  if (part === "key") return "key";
  const names = path.filter((step) => typeof step === "string");
  const known = ["environments", "reads", "arn", "role", "host", "username", "image", "source", "owner"];
  return names.findLast((name) => known.includes(name)) ?? String(names.at(-1));
}
