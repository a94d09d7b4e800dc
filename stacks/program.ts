import type { Archive } from "@pulumi/pulumi/asset";
import type { Plan } from "../model/plan/types";
import { securityStack } from "./security";
import { workloadStack } from "./workload";

export interface ProgramInput {
  readonly plan: Plan;
  /** Name of the stack to build. */
  readonly stack: string;
  /** Folder that `code` in manifests starts from. */
  readonly root: string;
  /** Code of one of this platform's own functions, ready for Lambda. */
  readonly functionCode: (entry: FunctionEntry) => Archive;
}

/** Files under `functions/`, without their ending. */
export type FunctionEntry = "rotation/generated" | "rotation/postgres";

/** Builds one account; returns the stack's outputs. */
export async function program(input: ProgramInput): Promise<Record<string, unknown>> {
  const stack = input.plan.organisation.stacks.find(({ name }) => name === input.stack);
  if (stack === undefined) throw new Error(`stack ${input.stack} is not one of the organisation's`);
  return stack.kind === "security" ? securityStack(input, stack) : workloadStack(input, stack);
}
