import type { Plan } from "../../model/plan/types";
import { progressLine } from "../check/progressLine";
import { findStack } from "../operations/holder";
import { OperationError } from "../operations/operationError";
import type { OperationFlags } from "../operations/options";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { openSession, openSessionOf, type Session } from "../operations/session";
import { collectStatus } from "./collect";
import { statusReport } from "./report";

/** Looks at every value the Plan puts into the account whose credentials are there. Reads none. */
export async function status(flags: OperationFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const { session, stacks } = await openStacks(plan, flags);
  const line = progressLine();
  line.show(`looking at account ${session.account}`);
  const collected = await collectStatus(session, plan, stacks, new Date()).finally(line.clear);
  const needHand = collected.flatMap(({ items }) => items).filter(({ findings }) => findings.length > 0);
  return {
    text: statusReport(collected),
    json: { stacks: collected, needHand: needHand.length },
    clean: needHand.length === 0,
  };
}

/**
 * The stacks of the account whose credentials are there, or the one that `--stack` names.
 * @throws OperationError where that account holds none, or not that one
 */
export async function openStacks(plan: Plan, { stack: name }: Pick<OperationFlags, "stack">) {
  if (name !== undefined) {
    const stack = findStack(plan.organisation, name);
    const holder = { stack: stack.name, account: stack.account };
    return { session: await openSessionOf(plan, `stack ${name}`, holder), stacks: [stack] };
  }
  const session: Session = await openSession(plan);
  const { stacks } = plan.organisation;
  const here = stacks.filter(({ account }) => account === session.account);
  if (here.length > 0) return { session, stacks: here };
  throw new OperationError(
    `these credentials are of account ${session.account} (${session.as}), which holds no stack; ` +
      `use those of ${stacks.map((stack) => `${stack.account} (${stack.name})`).join(", ")}, by AWS_PROFILE`,
  );
}
