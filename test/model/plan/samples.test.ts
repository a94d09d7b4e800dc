import assert from "node:assert/strict";
import { samplePlan } from "./support/samples";

/** Many tests hold each of these to something, and would hold nothing where there are none. */
describe("the samples", () => {
  const plan = samplePlan();
  const { secrets, parameters, keys, consumers, rotators, environments, organisation } = plan;

  for (const [what, list] of Object.entries({
    secrets,
    parameters,
    keys,
    consumers,
    rotators,
    environments,
    stacks: organisation.stacks,
  })) {
    it(`have more than one of ${what}`, () => assert.ok(list.length > 1));
  }

  it("have each kind of consumer", () => {
    const kinds = new Set(consumers.map(({ settings }) => settings.kind));
    assert.deepEqual([...kinds].sort(), ["codebuild", "ec2", "ecs", "eks", "lambda", "role"]);
  });
});
