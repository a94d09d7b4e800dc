import type { Plan } from "../model/plan/types";
import type { FunctionCode } from "./functionCode";
import { securityStack } from "./security";
import { workloadStack } from "./workload";

export interface ProgramInput {
  readonly plan: Plan;
  /** Name of the stack to build. */
  readonly stack: string;
  readonly functionCode: FunctionCode;
  /** Root of the repository, in which the code of functions lies. @default the working directory */
  readonly root?: string | undefined;
}

/** Builds one account; returns the stack's outputs. */
export function program(input: ProgramInput): Promise<Record<string, unknown>> {
  const stack = input.plan.organisation.stacks.find(({ name }) => name === input.stack);
  if (stack === undefined) throw new Error(`stack ${input.stack} is not one of the organisation's`);
  return stack.kind === "security" ? securityStack(input, stack) : workloadStack(input, stack);
}
