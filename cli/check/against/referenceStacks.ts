import type { ConsumerPlan, Plan } from "../../../model/plan/types";
import type { BuiltStack } from "../../inMemory/buildStack";
import { buildStacks } from "../../inMemory/buildStacks";

/**
 * Builds the stacks of another state's Plan, by the program that runs now. Code of consumers is left out, as it may not lie
 * in this work tree; a role is the same without it.
 *
 * @param root of the repository
 * @param name what the state is called
 */
export async function builtOf(
  plan: Plan,
  root: string,
  name: string,
): Promise<{ readonly stacks: readonly BuiltStack[] } | { readonly undecided: readonly string[] }> {
  try {
    const consumers = plan.consumers.map(withoutCode);
    return { stacks: await buildStacks({ ...plan, consumers }, () => {}, root) };
  } catch (error) {
    const [first] = (error as Error).message.split("\n");
    return { undecided: [`the stacks of ${name} cannot be built: ${first}`] };
  }
}

function withoutCode(consumer: ConsumerPlan): ConsumerPlan {
  const { settings } = consumer;
  if (settings.kind !== "lambda") return consumer;
  const { kind, name, reads, environment, variables, at } = settings;
  return { ...consumer, settings: { kind, name, reads, environment, variables, at } };
}
