import { externalPartner } from "../../model/aws/externalSecrets";
import type { SecretPlan } from "../../model/plan/types";
import { isSupplied } from "../../model/values/supplied";
import { holderOf } from "../operations/holder";
import { findSecret, itemPath } from "../operations/item";
import type { ChangeFlags } from "../operations/options";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { blockingVersion, type ObservedSecret } from "../../aws/secret";
import { moveLabel, presentSecret } from "../operations/secret";
import { openSessionOf } from "../operations/session";
import { confirmChange } from "../operations/terminal";
import { versionDate } from "../operations/versionDate";

/** Milliseconds; Secrets Manager takes about as long for the attempts of one rotation. */
const youngMs = 10 * 60_000;

/** Gives an unfinished rotation up: takes AWSPENDING off the version that blocks every later one. */
export async function unstick(argument: string, flags: ChangeFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const secret = findSecret(plan, argument, "unstuck");
  const holder = holderOf(plan, secret, flags);
  const path = itemPath(secret);
  const session = await openSessionOf(plan, path, holder);
  const observed = await presentSecret(session, secret, holder.stack);
  const version = blockingVersion(observed);
  const about = { item: path, ...holder, dryRun: flags.dryRun === true };
  if (version === undefined) {
    return {
      text: `${path} is not stuck: ${observed.pending === undefined ? "no version is pending" : "what is pending is current already"}`,
      json: { ...about, version: null },
    };
  }
  // A rotation under way is minutes old.
  const created = await versionDate(session, observed, version);
  const lines = consequences(secret, observed, version, created);
  if (flags.dryRun) {
    const text = [...lines, "Nothing was changed: this is a dry run."].join("\n");
    return { text, json: { ...about, version, created } };
  }
  await confirmChange(`Give version ${version} up?`, lines, { ...flags, destructive: true });
  await moveLabel(session, observed, "AWSPENDING", { from: version });
  return {
    text: `${path} is no longer stuck: version ${version} was given up; npx platform rotate ${path} starts afresh`,
    json: { ...about, version, created },
  };
}

function consequences(
  secret: SecretPlan,
  observed: ObservedSecret,
  version: string,
  created: Date | undefined,
): readonly string[] {
  const path = itemPath(secret);
  const { shape, rotation } = secret;
  return [
    `Version ${version} of ${path} is pending${created === undefined ? "" : ` since ${moment(created)}`}; ` +
      `current is ${observed.current ?? "none"}, last rotated ${observed.lastRotated === undefined ? "never" : moment(observed.lastRotated)}.`,
    ...(created !== undefined && created.getTime() > Date.now() - youngMs
      ? ["That is so recent that the rotation may well be under way: look again in some minutes."]
      : []),
    "Without the label AWSPENDING it can never become current, and AWS deletes it in time.",
    ...(isSupplied(shape) && rotation.admin === undefined
      ? [
          (shape.form === "external"
            ? `This credential is ${externalPartner(shape.type).partner}'s: if the rotation got as far as changing it there, that version holds the `
            : "This is the login of a single user: if the rotation got as far as changing the password, that version holds the ") +
            `only one that works. Try npx platform rotate ${path} first, which goes on with it.`,
        ]
      : [`npx platform rotate ${path} goes on with it instead.`]),
  ];
}

/** `2027-03-01 04:12 UTC` */
function moment(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
