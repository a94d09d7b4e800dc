import assert from "node:assert/strict";
import { z } from "zod";
import { formatProblem } from "../../../model/yaml/problem";
import { securitySettings, sharedSettings, workloadSettings } from "../../../model/organisation/schema";
import { textsDrawn, textsOfSchema } from "../../support/schemaTexts";
import { changedAt, mark, planted, plants, textPlaces } from "../catalogue/plants";
import { everySetting, settingsText } from "./support/everySetting";
import { load } from "./support/folder";

const schemas: Readonly<Record<string, z.ZodType>> = {
  "Pulumi.yaml": sharedSettings,
  "Pulumi.security.yaml": securitySettings,
  "Pulumi.staging.yaml": workloadSettings,
};

function problemsOf(files: Readonly<Record<string, object>>): readonly string[] {
  const texts = Object.entries(files).map(([name, settings]) => [
    name,
    settingsText(name, settings as Readonly<Record<string, unknown>>),
  ]);
  const { organisation, problems } = load(Object.fromEntries(texts) as Readonly<Record<string, string>>);
  assert.equal(organisation === undefined, problems.length > 0);
  return problems.map(formatProblem);
}

/** What a boundary allows is patterns, which the platform's own people write. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  "secrets-platform:boundary.0.actions.0": ["*"],
  "secrets-platform:boundary.0.resources.0": ["*", "?", "${aws:PrincipalTag/x}"],
};

describe("what is planted into the settings", () => {
  it("goes into every key of them that takes a text", () => {
    assert.deepEqual(problemsOf(everySetting), []);
    for (const [file, schema] of Object.entries(schemas)) {
      const json = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
      const all = textsOfSchema(json);
      assert.ok(all.size > 10, file);
      assert.deepEqual([...textsDrawn(json, everySetting[file])].sort(), [...all].sort(), file);
    }
  });

  for (const plant of plants) {
    it(`is refused where it stands, and not repeated raw: ${JSON.stringify(plant)}`, () => {
      for (const [index, place] of textPlaces(everySetting).entries()) {
        const changed = changedAt(everySetting, place, (text) => planted(text, plant, index % 3));
        const path = place.path.join(".");
        const lines = problemsOf(changed);
        if (lines.length === 0) {
          const keys = Object.keys(changed[place.service]!).filter((key) => key.includes(mark));
          // Keys of other packages are theirs.
          if (keys.length > 0) assert.ok(!keys[0]!.startsWith("secrets-platform:"), path);
          else assert.ok(patterns[path]?.includes(plant), path);
        }
        for (const line of lines) assert.doesNotMatch(line, /\p{Cc}|\p{Cf}|\p{Zl}|\p{Zp}|##\w*\[/u, path);
      }
    }).timeout(60_000);
  }
});

describe("a setting given with --config", () => {
  for (const value of ["[x", "{", "[[[", '{"cidr":', "[\u001b", "{\n::error::x"]) {
    it(`is told as a file's when it is ${JSON.stringify(value)}`, () => {
      const texts = Object.fromEntries(
        Object.entries(everySetting).map(([name, settings]) => [name, settingsText(name, settings)]),
      );
      for (const key of [
        "secrets-platform:network",
        "secrets-platform:environment",
        "aws:allowedAccountIds",
      ]) {
        const { organisation, problems } = load(texts, { stack: "staging", config: { [key]: value } });
        assert.equal(organisation, undefined);
        assert.notDeepEqual(problems, []);
        for (const line of problems.map(formatProblem)) {
          assert.match(line, /^Pulumi\.staging\.yaml:1:\d+ config\./);
          assert.doesNotMatch(line, /\p{Cc}|SyntaxError/u);
        }
      }
    });
  }
});
