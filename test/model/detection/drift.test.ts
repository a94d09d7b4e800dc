import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { detectionsOf } from "../../../model/detection/account";
import { repository, samplePlan } from "../plan/support/samples";

/** Commands of Pulumi in a text, as in `pulumi up --refresh`. */
function pulumiCommands(text: string): string[] {
  return [...text.matchAll(/`(pulumi (?:preview|up)[^`]*)`/g)].map(([, command = ""]) => command);
}

const plan = samplePlan();
const texts = plan.organisation.stacks.flatMap((stack) => {
  const { alarms, rules } = detectionsOf(plan, stack);
  return [
    ...alarms.map(({ id, runbook }) => ({ id, text: runbook })),
    ...rules.map(({ id, message }) => ({ id, text: message.nextSteps.join(". ") })),
  ];
});

describe("what is to be done about changes by hand", () => {
  it("looks at AWS: no command of Pulumi without --refresh in any alarm or notice", () => {
    const commands = texts.flatMap(({ id, text }) =>
      pulumiCommands(text).map((command) => ({ id, command })),
    );
    assert.ok(commands.length > 20);
    assert.deepEqual(
      commands.filter(({ command }) => !command.includes(" --refresh")),
      [],
    );
  });

  it("says so wherever something is to be put back or made again", () => {
    for (const file of [
      "README.md",
      "docs/operations.md",
      "docs/alarms.md",
      "docs/onboarding.md",
      "examples/README.md",
    ]) {
      // A sentence, over the ends of its lines.
      for (const sentence of readFileSync(join(repository, file), "utf8").split(/(?<=[.:|])\s/)) {
        if (!/put(s|ting)? \S* ?back|ma(?:kes?|de) (?:\S+ )?again|by hand|changed/.test(sentence)) continue;
        for (const command of pulumiCommands(sentence)) assert.match(command, / --refresh/, sentence);
      }
    }
  });
});
