import assert from "node:assert/strict";
import type { BuiltStack } from "../../../cli/inMemory/buildStack";
import type { RegisteredResource } from "../../../cli/inMemory/registeredResource";
import type { Plan } from "../../../model/plan/types";
import { evaluate } from "../../../policies/pack/evaluate";
import { planSettings } from "../../../policies/pack/planSettings";
import { rules } from "../../../policies/rules";
import { types } from "../../../policies/view/types";
import type { ReportedFinding } from "../../../policies/pack/reportedFinding";

/** A key that nothing rotates, which the pack refuses in any stack. */
export function plantedKey({ stack }: BuiltStack): RegisteredResource {
  return {
    urn: `urn:pulumi:${stack}::secrets-platform::${types.key}::planted`,
    type: types.key,
    name: "planted",
    parent: "",
    custom: true,
    id: "planted",
    inputs: { enableKeyRotation: false },
    outputs: { enableKeyRotation: false },
    protect: false,
    dependencies: [],
    propertyDependencies: {},
  };
}

/**
 * What the rules say of each stack. Throws where a stack of the Plan is missing or holds nothing, or where a key planted
 * into it is not refused: then that nothing else is refused says nothing.
 */
export function judged(plan: Plan, stacks: readonly BuiltStack[]): readonly ReportedFinding[][] {
  assert.deepEqual(
    stacks.map(({ stack }) => stack),
    plan.organisation.stacks.map(({ name }) => name),
  );
  const settings = planSettings(plan);
  return stacks.map((stack) => {
    assert.ok(stack.resources.length > 50, `${stack.stack} holds ${stack.resources.length} resources`);
    const planted = plantedKey(stack);
    const found = evaluate(rules, [...stack.resources, planted], { settings });
    assert.ok(found.some(isSeriousOf(planted.urn)), `the planted key is not refused in ${stack.stack}`);
    return evaluate(rules, stack.resources, { settings });
  });
}

/** Refused, or left undecided. */
export function isSerious({ level, message }: ReportedFinding): boolean {
  return level === "mandatory" || /could not be decided/.test(message);
}

function isSeriousOf(urn: string): (found: ReportedFinding) => boolean {
  return (found) => found.urn === urn && isSerious(found);
}
