import { type BuiltStack } from "../../../cli/inMemory/buildStack";
import { buildStacks } from "../../../cli/inMemory/buildStacks";
import type { RegisteredResource } from "../../../cli/inMemory/registeredResource";
import type { Plan } from "../../../model/plan/types";
import { samplePlan, samplePlanIn, shardedSamplePlan } from "../../model/plan/support/samples";

/** The samples as built in memory; each once for all tests, since that takes a second or more. */

export interface Built {
  readonly plan: Plan;
  readonly stacks: readonly BuiltStack[];
}

const made = new Map<string, Promise<Built>>();

export type Variant = keyof typeof variants;

const variants = {
  aws: samplePlan,
  "aws-cn": () => samplePlanIn("aws-cn"),
  "aws-us-gov": () => samplePlanIn("aws-us-gov"),
  sharded: shardedSamplePlan,
} as const;

export function built(variant: Variant): Promise<Built> {
  const known = made.get(variant);
  if (known !== undefined) return known;
  const plan = variants[variant]();
  const building = buildStacks(plan, () => {}).then((stacks) => ({ plan, stacks }));
  made.set(variant, building);
  return building;
}

export function stackNamed({ stacks }: Built, name: string): BuiltStack {
  const found = stacks.find(({ stack }) => stack === name);
  if (found === undefined)
    throw new Error(`no stack ${name} among ${stacks.map(({ stack }) => stack).join()}`);
  return found;
}

export function ofType({ resources }: BuiltStack, type: string): readonly RegisteredResource[] {
  return resources.filter((resource) => resource.type === type);
}
