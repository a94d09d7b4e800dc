import { type Holder, holderOf } from "../operations/holder";
import { itemPath } from "../operations/item";
import { OperationError } from "../operations/operationError";
import type { ChangeFlags } from "../operations/options";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { openSessionOf } from "../operations/session";
import { confirmChange } from "../operations/terminal";
import { parameterTarget } from "./parameterTarget";
import { readStandardInput, readValue } from "./readValue";
import { settableItem } from "./refusals";
import { secretTarget } from "./secretTarget";
import type { Target, Written } from "./target";
import { partsOf, type ValueForm, valueNotes, valueProblems } from "./value";

/** Puts a value from a hidden prompt or standard input, after everything that could refuse it has been looked at. */
export async function set(argument: string, flags: ChangeFlags): Promise<Outcome> {
  const plan = planOf(flags);
  const item = settableItem(plan, argument);
  const holder = holderOf(plan, item, flags);
  const path = itemPath(item);
  const session = await openSessionOf(plan, path, holder);
  const target =
    item.kind === "secret"
      ? await secretTarget(session, plan, item, holder)
      : await parameterTarget(session, item, holder);
  const about = { item: path, kind: item.kind, ...holder };

  if (flags.dryRun) {
    const given = process.stdin.isTTY ? "" : await readStandardInput();
    if (given !== "") refuseUnfit(target.form, path, given);
    const checked = given === "" ? "" : "\nThe value on standard input is fit for it.";
    const consequences = [...target.beforehand, ...target.consequences];
    return {
      text: `${consequences.join("\n")}${checked}\nNothing was written: this is a dry run.`,
      json: { ...about, dryRun: true, consequences, valueChecked: given !== "" },
    };
  }

  if (process.stdin.isTTY) await confirmBeforehand(target, holder, flags);
  const given = await readValue(target.form.asked);
  refuseUnfit(target.form, path, given);
  if (process.stdin.isTTY) {
    const lines = [...target.consequences, ...valueNotes(given)];
    await confirmChange(`Write it to account ${holder.account}?`, lines, { ...flags, destructive: false });
  }
  const stored = target.form.stored(given);
  const written = await target.write(stored, partsOf(given, stored));
  const notes = [...valueNotes(given), ...written.notes];
  return {
    text: report(path, holder.account, written, notes),
    json: { ...about, dryRun: false, ...written, notes },
  };
}

/** Said with `--yes` as well: whoever types the value should know what it is for. */
async function confirmBeforehand({ beforehand }: Target, holder: Holder, flags: ChangeFlags): Promise<void> {
  if (beforehand.length === 0) return;
  if (flags.yes) process.stderr.write(`${beforehand.join("\n")}\n`);
  const question = `Give its password now, for account ${holder.account} (stack ${holder.stack})?`;
  await confirmChange(question, beforehand, { ...flags, destructive: false });
}

function refuseUnfit(form: ValueForm, path: string, given: string): void {
  const problems = valueProblems(form, given);
  if (problems.length === 0) return;
  throw new OperationError(`${path} was not written: ${problems.join("; ")}`);
}

function report(
  path: string,
  account: string,
  { version, expiresAt, wasUnset }: Written,
  notes: readonly string[],
): string {
  return [
    `${path} has its ${wasUnset ? "first" : "new"} value in account ${account} (version ${version})`,
    ...(expiresAt === undefined ? [] : [`  it expires on ${expiresAt.toISOString().slice(0, 10)}`]),
    ...notes.map((note) => `  ${note}`),
  ].join("\n");
}
