import assert from "node:assert/strict";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { buildStacks } from "../../cli/inMemory/buildStacks";
import { buildPlan } from "../../model/plan/build";
import { manifestData, type ManifestData } from "../model/catalogue/arbitrary";
import { changedAt, mark, planted, plants, textPlaces } from "../model/catalogue/plants";
import { lines, load } from "../model/catalogue/support";
import { organisation } from "../model/plan/support/organisations";

function loadData(data: ManifestData) {
  return load(
    Object.fromEntries(Object.entries(data).map(([name, manifest]) => [name, stringify(manifest)])),
  );
}

/** The manifests with something planted into each text that takes it, and in how many. */
function plantedWherePossible(data: ManifestData): { readonly data: ManifestData; readonly count: number } {
  let count = 0;
  const all = textPlaces(data)
    .filter(({ part }) => part === "value")
    .reduce((before, place, index) => {
      for (const turn of [0, 3]) {
        const plant = plants[(index + turn) % plants.length]!;
        const after = changedAt(before, place, (text) => planted(text, plant, index % 3));
        if (loadData(after).catalogue === undefined) continue;
        count++;
        return after;
      }
      return before;
    }, data);
  return { data: all, count };
}

/** Where what is free in a manifest may stand: words for people, values, and commands of builds and containers. */
const free: readonly RegExp[] = [
  /^aws:secretsmanager\/secret:Secret description$/,
  /^secrets-platform:index:ExpiringParameter description$/,
  /^aws:ssm\/parameter:Parameter (?:description|insecureValue(?:\.environment\.\d+\.value)?)$/,
  /^aws:ecs\/taskDefinition:TaskDefinition containerDefinitions\.\d+\.(?:entryPoint|command|healthCheck\.command)\.\d+$/,
  /^aws:ecs\/taskDefinition:TaskDefinition containerDefinitions\.\d+\.environment\.\d+\.value$/,
  /^aws:lambda\/function:Function environment\.variables\.NODE_ENV$/,
  /^aws:codebuild\/project:Project environment\.environmentVariables\.\d+\.value$/,
  /^aws:codebuild\/project:Project source\.buildspec\.phases\.build\.commands\.\d+$/,
];

describe("what is planted into every text of manifests that takes it", function () {
  this.timeout(300_000);

  it("reaches no name, resource, condition, pattern or output of the stacks", async () => {
    const reached = new Set<string>();
    await fc.assert(
      fc.asyncProperty(manifestData(), async (made) => {
        const { data, count } = plantedWherePossible(made);
        fc.pre(count > 0);
        const { catalogue, problems } = loadData(data);
        assert.ok(catalogue !== undefined, lines({ problems }).join("\n"));
        const stacks = await buildStacks(buildPlan(catalogue, organisation()), () => {});
        for (const place of markedPlaces(stacks)) {
          const pattern = free.find((one) => one.test(place));
          assert.ok(pattern !== undefined, `${place} holds what was planted`);
          reached.add(pattern.source);
        }
      }),
      { numRuns: 3, interruptAfterTimeLimit: 120_000, endOnFailure: true },
    );
    assert.ok(reached.size > 0, "nothing was planted that got anywhere");
  });
});

/** `TYPE path.of.property` of every text that holds the mark, also within JSON and YAML; names of resources and outputs. */
function markedPlaces(stacks: readonly BuiltStack[]): readonly string[] {
  return stacks.flatMap(({ resources, outputs }) => [
    ...resources.flatMap(({ type, urn, inputs }) => [
      ...(urn.includes(mark) ? [`${type} urn`] : []),
      ...marked(inputs, []).map((path) => `${type} ${path}`),
    ]),
    ...marked(outputs, []).map((path) => `output ${path}`),
  ]);
}

function marked(value: unknown, path: readonly (string | number)[]): readonly string[] {
  const inner = typeof value === "string" ? read(value) : value;
  if (typeof inner === "string") return inner.includes(mark) ? [path.join(".")] : [];
  if (typeof inner !== "object" || inner === null) return [];
  return Object.entries(inner).flatMap(([key, entry]) => [
    ...(key.includes(mark) ? [[...path, "key"].join(".")] : []),
    ...marked(entry, [...path, key]),
  ]);
}

/** What a document that stands in a text says; the text itself where it is none. */
function read(text: string): unknown {
  if (!text.includes(mark) || !/^\s*[[{]|^version: /.test(text)) return text;
  try {
    const inner: unknown = parse(text);
    return typeof inner === "object" ? inner : text;
  } catch {
    return text;
  }
}
