import assert from "node:assert/strict";

import path from "node:path";

import { buildStacks } from "../../cli/inMemory/buildStacks";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { loadPlan } from "../../model/load";
import type { Plan } from "../../model/plan/types";
import { evaluate } from "../../policies/pack/evaluate";
import { repositorySettings } from "../../policies/pack/repository";
import { rules } from "../../policies/rules";
import { functionRuntime } from "../../policies/rules/lambda/function-runtime";
import type { ReportedFinding } from "../../policies/pack/reportedFinding";
import { organisationRoot } from "../support/organisation";
import { isSerious, judged, plantedKey } from "./support/judged";
import { switches } from "../../startup/switches";
import { startPack } from "./support/pack";

describe("this platform's own stacks", function () {
  this.timeout(480_000);
  let plan: Plan;
  let stacks: readonly BuiltStack[] = [];

  before(async () => {
    const loaded = loadPlan({ root: organisationRoot });
    assert.ok(loaded.plan !== undefined, JSON.stringify(loaded.problems));
    plan = loaded.plan;
    stacks = await buildStacks(plan, () => undefined);
  });

  it("break no mandatory rule, and leave none undecided", () => {
    assert.deepEqual(judged(plan, stacks).flat().filter(isSerious), []);
  });

  it("break none with the clock past the end of an older runtime", () => {
    const today = "2027-05-01";
    const refused = stacks.flatMap(({ resources }) => evaluate([functionRuntime], resources, { today }));
    assert.deepEqual(refused, []);
  });

  const allOff = Object.fromEntries(switches.map((name) => [name, "1"]));
  for (const [words, env] of [
    ["", {}],
    [", and without any trick of its start", allOff],
  ] as const) {
    it(`get the same findings from the pack, with the settings it finds beside itself${words}`, async () => {
      assert.ok(stacks.length > 0);
      // The pack beside it is of this repository, whose organisation may be another.
      const settings = repositorySettings(path.resolve(__dirname, "../.."));
      const pack = await startPack([], env);
      try {
        for (const stack of stacks) {
          // Without anything to refuse, two that say nothing would say the same.
          const resources = [...stack.resources, plantedKey(stack)];
          const found = (await Promise.all(resources.map(pack.analyze))).flat();
          found.push(...(await pack.analyzeStack(resources)));
          const expected = evaluate(rules, resources, { settings });
          assert.ok(expected.some(isSerious), stack.stack);
          assert.deepEqual(sorted(found), sorted(expected));
        }
      } finally {
        await pack.stop();
      }
    });
  }
});

function sorted(findings: readonly ReportedFinding[]): string[] {
  return findings.map(({ policy, level, urn, message }) => `${policy} ${level} ${urn} ${message}`).sort();
}
