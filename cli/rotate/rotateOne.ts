import { progressLine } from "../check/progressLine";
import { holderOf } from "../operations/holder";
import { findSecret, itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { presentSecret } from "../operations/secret";
import { openSessionOf } from "../operations/session";
import { confirmChange } from "../operations/terminal";
import type { RotateFlags } from "./command";
import { copiedOn, rotate, type Rotated, rotationObstacle } from "./rotation";

/** Rotates one secret now. */
export async function rotateOne(argument: string, flags: RotateFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const secret = findSecret(plan, argument, "rotated");
  const holder = holderOf(plan, secret, flags);
  const path = itemPath(secret);
  const session = await openSessionOf(plan, path, holder);
  const observed = await presentSecret(session, secret, holder.stack);
  const obstacle = rotationObstacle(secret, observed, holder.stack);
  if (obstacle !== undefined) throw new OperationError(obstacle);

  const about = { item: path, ...holder, dryRun: flags.dryRun === true };
  const copied = copiedOn(secret, observed);
  const lines = [
    `${path} of account ${holder.account} gets a new version from ${secret.rotation.functionArn}.`,
    ...(copied === undefined ? [] : [copied]),
  ];
  if (flags.dryRun) {
    return { text: [...lines, "Nothing was rotated: this is a dry run."].join("\n"), json: about };
  }
  await confirmChange(`Rotate ${path}?`, lines, { ...flags, destructive: false });

  const progress = progressLine();
  progress.show(`rotating ${path}`);
  const rotated = await rotate(session, secret, observed, { timeoutMs: flags.wait * 60_000 }).finally(
    progress.clear,
  );
  const notes = copied === undefined ? [] : [copied];
  return {
    text: [report(path, rotated), ...notes.map((note) => `  ${note}`)].join("\n"),
    json: { ...about, ...rotated, ...(notes.length > 0 && { notes }) },
  };
}

export function report(path: string, { version, finished, seconds }: Rotated): string {
  return finished
    ? `${path} was rotated in ${seconds} s: version ${version} is current`
    : `the rotation of ${path} has begun (version ${version}); platform status tells how it ends`;
}
