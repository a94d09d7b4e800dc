import type { Organisation, Stack } from "../../model/organisation/types";
import { environmentOf } from "../../model/plan/environmentOf";
import type { Plan, ReadableItem } from "../../model/plan/types";
import { UsageError } from "../usageError";
import { itemPath } from "./item";
import type { OperationFlags } from "./options";

/** Stack and account that hold an item. */
export interface Holder {
  readonly stack: string;
  /** 12 digits. */
  readonly account: string;
}

/**
 * Who holds the item.
 * @throws UsageError where `--stack` names another
 */
export function holderOf(plan: Plan, item: ReadableItem, { stack }: Pick<OperationFlags, "stack">): Holder {
  const environment = environmentOf(plan, item.environment);
  const home = item.kind === "parameter" ? item.home : item.kind === "secret" ? "security" : "workload";
  const holder = environment[home];
  if (stack !== undefined && stack !== holder.stack) {
    findStack(plan.organisation, stack);
    throw new UsageError(`${itemPath(item)} is held by stack ${holder.stack}, not ${stack}`);
  }
  return holder;
}

/** @throws UsageError for a stack there is not */
export function findStack({ stacks }: Organisation, name: string): Stack {
  const found = stacks.find((stack) => stack.name === name);
  if (found !== undefined) return found;
  throw new UsageError(
    `there is no stack ${name}; there are ${stacks.map((stack) => stack.name).join(", ")}`,
  );
}
