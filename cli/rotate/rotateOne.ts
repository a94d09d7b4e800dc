import type { SecretPlan } from "../../model/plan/types";
import { progressLine } from "../check/progressLine";
import { interruptible } from "../interrupt";
import { holderOf } from "../operations/holder";
import { findSecret, itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { blockingVersion, type ObservedSecret } from "../../aws/secret";
import { presentSecret } from "../operations/secret";
import { rotatorOf } from "../operations/rotatorOf";
import { openSessionOf, type Session } from "../operations/session";
import { confirmChange } from "../operations/terminal";
import type { RotateFlags } from "./flags";
import {
  currentSessions,
  openSessions,
  sessionsConsequence,
  sessionsObstacle,
  type SessionsOutcome,
} from "./openSessions";
import { copiedOn, rotate, type Rotated, rotationObstacle } from "./rotation";

/** Rotates one secret now. */
export async function rotateOne(argument: string, flags: RotateFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const secret = findSecret(plan, argument, "rotated");
  const holder = holderOf(plan, secret, flags);
  const path = itemPath(secret);
  const session = await openSessionOf(plan, path, holder);
  const observed = await presentSecret(session, secret, holder.stack);
  const obstacle =
    (flags.endSessions && sessionsObstacle(secret)) ?? rotationObstacle(secret, observed, holder.stack);
  if (obstacle !== undefined) throw new OperationError(obstacle);

  const about = { item: path, ...holder, dryRun: flags.dryRun === true };
  const copied = copiedOn(secret, observed);
  const consequences = [
    whatComes(secret, observed, holder.account),
    ...(copied === undefined ? [] : [copied]),
  ];
  if (flags.dryRun) {
    const open = flags.endSessions && (await currentSessions(session, secret, observed));
    const lines = [...consequences, ...(flags.endSessions ? [sessionsConsequence(secret, open)] : [])];
    return {
      text: [...lines, "Nothing was rotated: this is a dry run."].join("\n"),
      json: { ...about, ...(typeof open === "object" && { sessions: open }) },
    };
  }
  if (flags.endSessions) consequences.push(sessionsConsequence(secret));
  await confirmChange(`Rotate ${path}?`, consequences, { ...flags, destructive: false });

  const progress = progressLine();
  progress.show(`rotating ${path}`);
  const { rotated, sessions, lines, clean } = await interruptible((interrupted) =>
    perform(session, secret, observed, { flags, interrupted }),
  ).finally(progress.clear);
  const notes = [...(copied === undefined ? [] : [copied]), ...lines];
  return {
    text: [report(path, rotated), ...notes.map((note) => `  ${note}`)].join("\n"),
    json: { ...about, ...rotated, ...(sessions && { sessions }), ...(notes.length > 0 && { notes }) },
    clean,
  };
}

/** Secrets Manager goes on with a version that is pending, and makes no other beside it. */
function whatComes(secret: SecretPlan, observed: ObservedSecret, account: string): string {
  const by = rotatorOf(secret);
  const pending = blockingVersion(observed);
  return pending === undefined
    ? `${itemPath(secret)} of account ${account} gets a new version from ${by}.`
    : `Version ${pending} of an unfinished rotation of ${itemPath(secret)} in account ${account} is gone on with by ` +
        `${by}, and becomes current; no other is made. To give it up instead: npx platform unstick ${itemPath(secret)}.`;
}

async function perform(
  session: Session,
  secret: SecretPlan,
  observed: ObservedSecret,
  { flags, interrupted }: { readonly flags: RotateFlags; readonly interrupted: AbortSignal },
): Promise<SessionsOutcome & { readonly rotated: Rotated }> {
  const options = { timeoutMs: flags.wait * 60_000, signal: interrupted };
  const rotated = await rotate(session, secret, observed, options);
  if (interrupted.aborted && !rotated.finished) {
    const lines = [
      "broken off: it was not waited for, and goes on by itself",
      ...(flags.endSessions ? ["its sessions were not ended"] : []),
    ];
    return { rotated, lines, clean: false };
  }
  if (!rotated.finished) return { rotated, lines: [], clean: true };
  const login = { arn: observed.arn, version: rotated.version };
  return { rotated, ...(await openSessions(session, secret, login, flags.endSessions === true)) };
}

function report(path: string, { version, finished, seconds }: Rotated): string {
  return finished
    ? `${path} was rotated in ${seconds} s: version ${version} is current`
    : `the rotation of ${path} has begun (version ${version}); npx platform status tells how it ends`;
}
