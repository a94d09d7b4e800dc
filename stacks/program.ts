import { refuseReplacement, settingOutputs } from "./account/fixedSettings";
import type { ProgramInput } from "./programInput";
import { securityStack } from "./security/securityStack";
import { workloadStack } from "./workload/workloadStack";

/** Builds one account; returns the stack's outputs. */
export async function program(input: ProgramInput): Promise<Record<string, unknown>> {
  const stack = input.plan.organisation.stacks.find(({ name }) => name === input.stack);
  if (stack === undefined) throw new Error(`stack ${input.stack} is not one of the organisation's`);
  const { organisation } = input.plan;
  await refuseReplacement(organisation, stack, input.root ?? process.cwd());
  const outputs = await (stack.kind === "security"
    ? securityStack(input, stack)
    : workloadStack(input, stack));
  return { ...outputs, settings: settingOutputs(organisation, stack) };
}
