import assert from "node:assert/strict";
import { evaluate } from "../../policies/pack/evaluate";
import { planSettings } from "../../policies/pack/planSettings";
import { rules } from "../../policies/rules";
import type { Plan } from "../../model/plan/types";
import { type Built, built, ofType, stackNamed } from "./support/built";
import { runStack } from "./support/runStack";

const [analyzers, archiveRules] = [
  "aws:accessanalyzer/analyzer:Analyzer",
  "aws:accessanalyzer/archiveRule:ArchiveRule",
];

describe("access from outside the accounts of the samples", function () {
  this.timeout(240_000);
  let all: Built;

  before(async () => {
    all = await built("aws");
  });

  it("is looked for in the home region, and where copies of secrets are", () => {
    const copies = all.plan.keys.flatMap((key) => (key.home === "security" ? key.replicaRegions : []));
    assert.ok(copies.length > 0);
    for (const [name, regions] of [
      ["security", ["eu-west-1", ...new Set(copies)]],
      ["staging", ["eu-west-1"]],
      ["prod", ["eu-west-1"]],
    ] as const) {
      const made = ofType(stackNamed(all, name), analyzers).map(({ inputs }) => inputs);
      assert.deepEqual(
        made.map((inputs) => inputs["region"]),
        regions,
        name,
      );
      assert.ok(made.every((inputs) => inputs["type"] === "ACCOUNT"));
    }
  });

  it("is no news where it is the platform's other accounts', and of no other", () => {
    for (const { stack, account, resources } of all.stacks) {
      const own = resources.filter(
        ({ type, inputs }) => type === archiveRules && inputs["ruleName"] === "own-accounts",
      );
      assert.ok(own.length > 0, stack);
      for (const { inputs } of own) {
        const { contains } = (inputs["filters"] as { criteria: string; contains?: string[] }[]).find(
          ({ criteria }) => criteria === "principal.AWS",
        )!;
        const others = all.stacks.map((other) => other.account).filter((other) => other !== account);
        assert.deepEqual([...contains!].sort(), others.sort());
      }
    }
  });

  it("is left to something else where the settings say so, and the pack asks for nothing then", async () => {
    const plan = withExisting(all.plan);
    const security = await runStack(plan, "security");
    assert.deepEqual(ofType(security, analyzers), []);
    assert.deepEqual(ofType(security, archiveRules), []);
    const found = (settings: ReturnType<typeof planSettings>) =>
      evaluate(rules, security.resources, { settings })
        .map(({ policy }) => policy)
        .filter((policy) => policy === "account-analyzer");
    assert.deepEqual(found(planSettings(plan)), []);
    assert.deepEqual(found(planSettings(all.plan)), ["account-analyzer"]);
  });
});

function withExisting(plan: Plan): Plan {
  const stacks = plan.organisation.stacks.map((stack) => ({ ...stack, accessAnalyzer: "existing" as const }));
  return { ...plan, organisation: { ...plan.organisation, stacks } };
}
