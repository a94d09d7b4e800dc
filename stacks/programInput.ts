import type { Plan } from "../model/plan/types";
import type { FunctionCode } from "./account/functionCode";

export interface ProgramInput {
  readonly plan: Plan;
  /** Name of the stack to build. */
  readonly stack: string;
  readonly functionCode: FunctionCode;
  /** Folder of Pulumi.yaml: functions' code lies there, and messages name places in it. @default the working directory, as Pulumi runs a program there */
  readonly root?: string | undefined;
}
