import type { OperationFlags } from "../operations/options";

export interface NewFlags extends Omit<OperationFlags, "stack"> {
  readonly owner?: string;
  readonly description?: string;
  /** Separated by commas. */
  readonly environments?: string;
  readonly dryRun?: true;
}
