import { progressLine } from "../check/progressLine";
import { interruptible } from "../interrupt";
import { listSecrets } from "../operations/listSecrets";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { confirmChange } from "../operations/terminal";
import { heldBy } from "../status/collect";
import { openStacks } from "../status/status";
import type { RotateFlags } from "./flags";
import { isOverdue, type OverdueSecret, rotateAll, type RotationResult } from "./overdue";

/** Rotates every secret of the account whose rotation is overdue. Run again, it goes on where it stopped. */
export async function rotateOverdue(flags: RotateFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const { session, stacks } = await openStacks(plan, flags);
  const now = new Date();
  const listed = await listSecrets(session);
  const overdue = stacks.flatMap((stack) =>
    heldBy(plan, stack).secrets.flatMap((secret): OverdueSecret[] => {
      const observed = listed.get(secret.name);
      return observed !== undefined && isOverdue(observed, now) ? [{ secret, stack: stack.name }] : [];
    }),
  );
  const names = overdue.map(({ secret }) => secret.name);
  const about = { account: session.account, dryRun: flags.dryRun === true };
  if (overdue.length === 0) {
    return { text: `no rotation is overdue in account ${session.account}`, json: { ...about, results: [] } };
  }
  const lines = [`Overdue in account ${session.account}:`, ...names.map((name) => `  ${name}`)];
  if (flags.dryRun) {
    const text = [...lines, "Nothing was rotated: this is a dry run."].join("\n");
    return { text, json: { ...about, overdue: names } };
  }
  await confirmChange(`Rotate ${counted(overdue.length)}?`, lines, { ...flags, destructive: true });

  const progress = progressLine();
  progress.show(`rotating ${counted(overdue.length)}`);
  const results = await interruptible((signal) =>
    rotateAll(session, overdue, {
      timeoutMs: flags.wait * 60_000,
      progress: (done) => progress.show(`${done} of ${counted(overdue.length)} done`),
      signal,
      now,
    }),
  ).finally(progress.clear);
  const isDone = ({ result, message }: RotationResult) =>
    result !== "failed" && result !== "not begun" && message === undefined;
  return { text: report(results), json: { ...about, results }, clean: results.every(isDone) };
}

function report(results: readonly RotationResult[]): string {
  const kinds = ["rotated", "started", "not overdue any more", "failed", "not begun"] as const;
  const counts = kinds.flatMap((kind) => {
    const amount = results.filter(({ result }) => result === kind).length;
    return amount > 0 ? [`${amount} ${kind}`] : [];
  });
  const troubles = results.filter(({ message }) => message !== undefined);
  return [
    counts.join(", "),
    ...troubles.map(({ item, result, message }) => `  ${item} ${result}: ${message}`),
    ...(troubles.length > 0
      ? ["Run the same command again once the reason is gone: it goes on from here."]
      : []),
  ].join("\n");
}

function counted(amount: number): string {
  return `${amount} secret${amount === 1 ? "" : "s"}`;
}
