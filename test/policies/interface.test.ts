import assert from "node:assert/strict";

import { exemptionsPolicy } from "../../policies/pack/exemptions";
import { evaluate } from "../../policies/pack/evaluate";
import { rules } from "../../policies/rules";
import type { RuleConfig } from "../../policies/pack/config";
import type { ReportedFinding } from "../../policies/pack/reportedFinding";
import { listOf, type Cases, type Program } from "./support/cases";
import { canary, declare } from "./support/program";
import { startPack, type RunningPack } from "./support/pack";
import { casesOfAllRules } from "./support/ruleTests";

/** Every program of every rule's tests, under every rule: the pack says what the check says. */
describe("the pack behind the engine's interface", () => {
  let pack: RunningPack;
  before(async () => (pack = await startPack()));
  after(() => pack.stop());

  it("announces every rule with its metadata", async () => {
    const policies = (await pack.info()).getPoliciesList();
    assert.deepEqual(
      policies.map((policy) => policy.getName()),
      [...rules.map(({ id }) => id), exemptionsPolicy],
    );
    for (const policy of policies) assert.notEqual(policy.getDescription(), "");
  });

  it("works under a Node that cannot require ES modules by itself, as before 20.19 and 22.12", async () => {
    const old = await startPack(["--no-experimental-require-module"]);
    try {
      await old.configure({});
      const name = declare("parameter", {
        name: "/orders/prod/level",
        type: "String",
        value: `Bearer ${canary}`,
      });
      const found = await old.analyze(name);
      assert.deepEqual(sorted(found), sorted(evaluate(rules, [name]).filter(({ urn }) => urn === name.urn)));
    } finally {
      await old.stop();
    }
  });

  for (const { rule, cases } of casesOfAllRules()) {
    it(`says of ${rule.id}'s programs what the check says`, async () => {
      const config = configOf(cases);
      await pack.configure(config);
      for (const program of programsOf(cases)) {
        const expected = evaluate(rules, listOf(program), { config });
        const found = (await Promise.all(listOf(program).map(pack.analyze))).flat();
        found.push(...(await pack.analyzeStack(listOf(program))));
        assert.deepEqual(sorted(found), sorted(expected));
        for (const { message } of found) assert.ok(!message.includes(canary), `${rule.id} repeats a value`);
      }
    });
  }
});

function programsOf({ passes, fails, undecided }: Cases): Program[] {
  const failing = [...Object.values(fails), ...Object.values(undecided)];
  return [...Object.values(passes), ...failing.map(({ program }) => program)];
}

/** The case's settings as a configuration file gives them: to each rule those that it takes. */
function configOf({ settings = {} }: Cases): Record<string, RuleConfig> {
  const taken = rules.map((rule): [string, RuleConfig] => [
    rule.id,
    Object.fromEntries(
      (rule.settings ?? []).filter((name) => name in settings).map((name) => [name, settings[name]]),
    ),
  ]);
  return Object.fromEntries(taken);
}

function sorted(findings: readonly ReportedFinding[]): ReportedFinding[] {
  const key = ({ policy, urn, message }: ReportedFinding) => `${policy} ${urn} ${message}`;
  return [...findings].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
