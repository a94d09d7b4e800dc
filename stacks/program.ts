import type { Plan } from "../model/plan/types";
import { refuseReplacement, settingOutputs } from "./fixedSettings";
import type { FunctionCode } from "./functionCode";
import { securityStack } from "./security";
import { workloadStack } from "./workload";

export interface ProgramInput {
  readonly plan: Plan;
  /** Name of the stack to build. */
  readonly stack: string;
  readonly functionCode: FunctionCode;
  /** Folder of Pulumi.yaml: functions' code lies there, and messages name places in it. @default the working directory, as Pulumi runs a program there */
  readonly root?: string | undefined;
}

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
