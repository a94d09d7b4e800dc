import assert from "node:assert/strict";
import { join } from "node:path";

import { buildStacks } from "../../cli/inMemory/buildStacks";
import { loadPlan } from "../../model/load";
import { evaluate } from "../../policies/pack/evaluate";
import { planSettings } from "../../policies/pack/planSettings";
import { rules } from "../../policies/rules";
import { Emulator, Engine, type Project, repositoryRoot } from "../engine/support/workspace";
import { parseEvents } from "../engine/support/engineEvents";
import { type PolicyViolation, violationsOf } from "../engine/support/updateResult";
import { provided } from "../support/leftOut";
import { organisationRoot } from "../support/organisation";

/** Minutes that the first build of the CLI on a machine may take. */
const buildMinutes = 30;

describe("the pack in the real CLI's first preview", function () {
  this.timeout(240_000);
  let emulator: Emulator;
  let engine: Engine;
  let project: Project;
  const expected = new Map<string, string[]>();

  before(async function () {
    this.timeout(buildMinutes * 60_000);
    emulator = await provided(this, () => Emulator.start());
    engine = await provided(this, () => Engine.start(emulator.options));
    project = await engine.project({ from: repositoryRoot });
    const { plan } = loadPlan({ root: organisationRoot });
    assert.ok(plan !== undefined);
    for (const { stack, resources } of await buildStacks(plan, () => undefined, organisationRoot)) {
      const found = evaluate(rules, resources, { settings: planSettings(plan) });
      expected.set(stack, found.map(textOf).sort());
    }
  });

  after(async () => {
    await engine?.stop();
    await emulator?.stop();
  });

  for (const stack of ["security", "staging", "prod"]) {
    it(`decides every rule on ${stack}, where no ARN exists yet, as the check does`, async () => {
      const { policyViolations } = await project.preview(stack, { policyPacks: ["policies"] });
      assert.deepEqual(
        policyViolations.filter(({ message }) => /could not be decided|can't be known/.test(message)),
        [],
      );
      const found = policyViolations.map(textOf);
      assert.deepEqual(found.sort(), expected.get(stack));
    });
  }

  it("analyses an export of what is deployed to the same findings", async () => {
    await project.up("security");
    await project.write(
      "export.json",
      JSON.stringify(await project.exportState("security", { showSecrets: true })),
    );
    const files = [
      "--file",
      join(project.folder, "export.json"),
      "--policy-pack",
      join(project.folder, "policies"),
    ];
    const { stdout } = await project.cli(["policy", "analyze", "--json", ...files]);
    assert.deepEqual(violationsOf(parseEvents(stdout)).map(textOf).sort(), expected.get("security"));
  });
});

function textOf({ policy, level, urn, message }: Omit<PolicyViolation, "pack">): string {
  return `${policy} ${level} ${urn ?? ""} ${message}`;
}
