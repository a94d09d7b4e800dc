import assert from "node:assert/strict";

import path from "node:path";

import { buildStacks } from "../../cli/inMemory/buildStacks";
import type { BuiltStack } from "../../cli/inMemory/buildStack";
import { loadPlan } from "../../model/load";
import { evaluate } from "../../policies/evaluate";
import { planSettings } from "../../policies/planSettings";
import { repositorySettings } from "../../policies/repository";
import { rules } from "../../policies/rules";
import { functionRuntime } from "../../policies/rules/lambda/function-runtime";
import type { Violation } from "../../policies/violation";
import { organisationRoot } from "../support/organisation";
import { startPack } from "./support/pack";

describe("this platform's own stacks", function () {
  this.timeout(120_000);
  let stacks: readonly BuiltStack[] = [];
  let findings: readonly Violation[][] = [];

  before(async () => {
    const { plan, problems } = loadPlan({ root: organisationRoot });
    assert.ok(plan !== undefined, JSON.stringify(problems));
    stacks = await buildStacks(plan, () => undefined);
    findings = stacks.map(({ resources }) => evaluate(rules, resources, { settings: planSettings(plan) }));
  });

  it("break no mandatory rule, and leave none undecided", () => {
    const serious = findings
      .flat()
      .filter(({ level, message }) => level === "mandatory" || /could not be decided/.test(message));
    assert.deepEqual(serious, []);
  });

  it("break none with the clock past the end of an older runtime", () => {
    const today = "2027-05-01";
    const refused = stacks.flatMap(({ resources }) => evaluate([functionRuntime], resources, { today }));
    assert.deepEqual(refused, []);
  });

  it("get the same findings from the pack, with the settings it finds beside itself", async () => {
    // The pack beside it is of this repository, whose organisation may be another.
    const settings = repositorySettings(path.resolve(__dirname, "../.."));
    const pack = await startPack();
    try {
      for (const { resources } of stacks) {
        const found = (await Promise.all(resources.map(pack.analyze))).flat();
        found.push(...(await pack.analyzeStack(resources)));
        assert.deepEqual(sorted(found), sorted(evaluate(rules, resources, { settings })));
      }
    } finally {
      await pack.stop();
    }
  });
});

function sorted(violations: readonly Violation[]): string[] {
  return violations.map(({ policy, level, urn, message }) => `${policy} ${level} ${urn} ${message}`).sort();
}
