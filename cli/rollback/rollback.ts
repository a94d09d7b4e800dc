import type { SecretPlan } from "../../model/plan/types";
import { beganWith } from "../../model/values/databaseForm";
import { externalPartner } from "../../model/aws/externalSecrets";
import { isSupplied } from "../../model/values/supplied";
import { firstVersionId } from "../../model/values/firstVersion";
import { progressLine } from "../check/progressLine";
import { interruptible } from "../interrupt";
import { holderOf } from "../operations/holder";
import { findSecret, itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import type { ChangeFlags } from "../operations/options";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import type { ObservedSecret } from "../../aws/secret";
import { moveLabel, presentSecret } from "../operations/secret";
import { openSessionOf, type Session } from "../operations/session";
import { confirmChange } from "../operations/terminal";
import { versionDate } from "../operations/versionDate";
import { rotate, rotationObstacle } from "../rotate/rotation";
import { restoreByFunction } from "./restore";
import { type RollbackWay, rollbackWay } from "./way";

/** Milliseconds; for the rotation that stands in where nothing can be rolled back. */
const rotationTimeoutMs = 5 * 60_000;

/** Makes the previous version current again, in whatever way keeps it working. */
export async function rollback(argument: string, flags: ChangeFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const secret = findSecret(plan, argument, "rolled back");
  const holder = holderOf(plan, secret, flags);
  const path = itemPath(secret);
  const session = await openSessionOf(plan, path, holder);
  const observed = await presentSecret(session, secret, holder.stack);
  const way = rollbackWay(secret);
  const obstacle =
    way === "rotate-forward"
      ? rotationObstacle(secret, observed, holder.stack)
      : (rollbackObstacle(secret, observed) ?? (await formObstacle(session, secret, observed)));
  if (obstacle !== undefined) throw new OperationError(obstacle);

  const lines = consequences(secret, observed, way);
  const about = { item: path, ...holder, way, dryRun: flags.dryRun === true };
  if (flags.dryRun) {
    const text = [...lines, "Nothing was changed: this is a dry run."].join("\n");
    return { text, json: { ...about, from: observed.current, to: observed.previous } };
  }
  const question = way === "rotate-forward" ? `Rotate ${path} instead?` : `Roll ${path} back?`;
  await confirmChange(question, lines, { ...flags, destructive: true });

  const progress = progressLine();
  progress.show(way === "rotate-forward" ? `rotating ${path}` : `rolling ${path} back`);
  const version = await perform(session, secret, observed, way).finally(progress.clear);
  const done =
    way === "rotate-forward"
      ? `${path} was rotated instead: version ${version} is current`
      : `${path} was rolled back: version ${version} is current again, and ${observed.current} is AWSPREVIOUS`;
  return { text: done, json: { ...about, from: observed.current, to: version } };
}

async function perform(
  session: Session,
  secret: SecretPlan,
  observed: ObservedSecret,
  way: RollbackWay,
): Promise<string> {
  const { current, previous = "", pending } = observed;
  switch (way) {
    case "rotate-forward":
      return rotateForward(session, secret, observed);
    case "restore-by-function":
      await restoreByFunction(session, secret, observed, previous);
      return previous;
    case "move-label":
      await moveLabel(session, observed, "AWSCURRENT", { from: current, to: previous });
      // Left on a version that is no longer current it would block every later rotation.
      if (pending !== undefined && pending === current) {
        await moveLabel(session, observed, "AWSPENDING", { from: pending });
      }
      return previous;
  }
}

async function rotateForward(
  session: Session,
  secret: SecretPlan,
  observed: ObservedSecret,
): Promise<string> {
  const { version, finished } = await interruptible((signal) =>
    rotate(session, secret, observed, { timeoutMs: rotationTimeoutMs, signal }),
  );
  if (finished) return version;
  throw new OperationError(
    `broken off: the rotation of ${itemPath(secret)} (version ${version}) was not waited for, and goes on by itself; ` +
      "npx platform status tells how it ends",
  );
}

/** Why it cannot be rolled back; undefined where it can. */
export function rollbackObstacle(secret: SecretPlan, observed: ObservedSecret): string | undefined {
  const path = itemPath(secret);
  const { current, previous, pending, isUnset, arn } = observed;
  if (isUnset) return `${path} has no value yet, so there is none to go back to: npx platform set ${path}`;
  if (previous === undefined || previous === current) {
    return `${path} has no previous version; put the value that is to hold: npx platform set ${path}`;
  }
  if (pending !== undefined && pending !== current && pending !== previous) {
    return (
      `a rotation of ${path} is unfinished (version ${pending}), and would undo a rollback when it ends: ` +
      `let it end (npx platform rotate ${path}), or give it up first (npx platform unstick ${path})`
    );
  }
  if (isSupplied(secret.shape) && previous === firstVersionId(arn)) {
    return (
      `the previous version of ${path} is the stand-in it was deployed with, which has never logged in; ` +
      `put the ${secret.shape.form === "database" ? "password" : "value"} that is to hold: npx platform set ${path}`
    );
  }
  return undefined;
}

/**
 * The version before the one that a form came with is for another database, user or administrator. That it is older is
 * asked for: a rollback makes the newer version the previous one.
 */
async function formObstacle(
  session: Session,
  secret: SecretPlan,
  observed: ObservedSecret,
): Promise<string | undefined> {
  const { form, current, previous } = observed;
  if (form === undefined || current === undefined || previous === undefined) return undefined;
  if (!beganWith(form, current)) return undefined;
  const began = await versionDate(session, observed, current);
  const before = await versionDate(session, observed, previous);
  if (began === undefined || before === undefined || before > began) return undefined;
  const path = itemPath(secret);
  return (
    `the previous version of ${path} is from before its \`database\` or strategy changed in the manifest, so it is for what ` +
    `was there then; put the password that is to hold: npx platform set ${path}`
  );
}

function consequences(secret: SecretPlan, observed: ObservedSecret, way: RollbackWay): readonly string[] {
  const path = itemPath(secret);
  const labels = `AWSCURRENT of ${path} goes from version ${observed.current} back to ${observed.previous}.`;
  const copies = "What was injected at a start keeps what it has until it restarts.";
  switch (way) {
    case "rotate-forward":
      return [
        `${path} is the login of a single user, rotated by a function of AWS, which accepts no older password: with the ` +
          "label moved back nobody could log in.",
        "So it is rotated forward instead: the database gets a new password, which becomes current." +
          (secret.shape.form === "database" && secret.shape.engine === "postgres"
            ? " `hosted: platform` in the manifest makes rolling back possible."
            : ""),
      ];
    case "restore-by-function":
      return [
        labels,
        `${secret.rotation.functionArn} sets the previous password in the database first, tries it, and only then moves the label.`,
        copies,
      ];
    case "move-label":
      return [labels, whatHolds(secret), copies];
  }
}

function whatHolds({ shape, rotation }: SecretPlan): string {
  if (shape.form === "database") {
    return "Both users still log in with what the two versions say: a rotation changes only one of them.";
  }
  if (rotation.partner !== undefined) {
    const { partner } = externalPartner(rotation.partner.type);
    return `Whether ${partner} still takes the older value is for ${partner} to say: only the label is moved. Ask there first, or run npx platform set with one that works.`;
  }
  return rotation.rotator === undefined
    ? "Whether the older value still works is for the system behind it to say: only the label is moved."
    : "Whoever checks the value, a signature say, has to accept the older one.";
}
