import { NotModelled } from "../../../model/access/notModelled";
import type { Plan } from "../../../model/plan/types";
import { compareDeployed } from "../../../model/proof/live/compareDeployed";
import type { DeployedAccount, UnreadAccount } from "../../../model/proof/live/deployed";
import { progressLine } from "../../check/progressLine";
import { buildStacks } from "../../inMemory/buildStacks";
import { OperationError } from "../../operations/operationError";
import { planOf } from "../../operations/plan";
import type { Outcome } from "../../operations/run";
import { repositoryRoot } from "../../repository";
import { UsageError } from "../../usageError";
import type { AccessFlags } from "../flags";
import { type Auditor, openAuditor } from "./auditor";
import { isUnread, readAccount } from "./readAccount";
import { liveReport } from "./report";

/**
 * Reads the policy documents that are deployed, no value, and holds them against the Plan. Clean only where every account
 * that was asked for was read whole and nothing differs.
 *
 * @throws UsageError for an account that holds no stack, and for options of the other question
 */
export async function live(flags: AccessFlags): Promise<Outcome> {
  refuseOthers(flags);
  const plan = planOf(flags);
  const wanted = wantedAccounts(plan, flags.account);
  const line = progressLine();
  try {
    const { read, unread } = await readAll(plan, { ...flags, wanted }, line.show);
    const stacks = await buildStacks(plan, (name) => line.show(`building ${name}`), repositoryRoot());
    line.show("comparing");
    const answer = compare(() => compareDeployed(plan, stacks, read));
    const found = {
      read: read.map(({ account, as }) => ({ account, as })),
      unread,
      ...answer,
    };
    return {
      text: liveReport(found),
      json: found,
      clean: found.differences.length === 0 && unread.length === 0,
    };
  } finally {
    line.clear();
  }
}

function compare<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof NotModelled) throw new OperationError(error.message);
    throw error;
  }
}

function refuseOthers({ format, organisationPolicy, ...flags }: AccessFlags): void {
  const { who, what, service, environment, explain } = flags;
  const limits = organisationPolicy.length > 0 ? organisationPolicy : undefined;
  const given = Object.entries({ who, what, service, environment, explain, "organisation-policy": limits })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => `--${name}`);
  if (given.length > 0)
    throw new UsageError(`${given.join(", ")} and --live do not go together: --live looks at everything`);
  if (format === "csv") throw new UsageError("--live prints text or json, not csv");
}

function wantedAccounts(
  { organisation: { stacks } }: Plan,
  only: readonly string[] | undefined,
): readonly string[] {
  const all = [...new Set(stacks.map(({ account }) => account))];
  const unknown = (only ?? []).filter((account) => !all.includes(account));
  if (unknown.length > 0)
    throw new UsageError(
      `no stack is in account ${unknown.join(" or ")}; there are ${stacks.map(({ name, account }) => `${account} (${name})`).join(", ")}`,
    );
  return only ?? all;
}

/**
 * Who calls is asked for all profiles first, since tokens of a pipeline last minutes; then account by account, as each has
 * its own rates. An account that nobody's credentials are of is told as unread.
 */
async function readAll(
  plan: Plan,
  { profile = [], wanted }: AccessFlags & { readonly wanted: readonly string[] },
  show: (step: string) => void,
): Promise<{ read: DeployedAccount[]; unread: UnreadAccount[] }> {
  const auditors = new Map<string, Auditor>();
  const failed: string[] = [];
  for (const name of profile.length === 0 ? [undefined] : profile) {
    const whose = name === undefined ? "the credentials" : `profile ${name}`;
    try {
      const auditor = await openAuditor(plan, name);
      const { account, as } = auditor;
      if (wanted.includes(account)) auditors.set(account, auditor);
      else failed.push(`${whose}: of account ${account} (${as}), which was not asked about`);
    } catch (error) {
      if (!(error instanceof OperationError)) throw error;
      failed.push(`${whose}: ${error.message}`);
    }
  }
  const read: DeployedAccount[] = [];
  const unread: UnreadAccount[] = [];
  for (const account of wanted) {
    const auditor = auditors.get(account);
    if (auditor === undefined) {
      unread.push({ account, reasons: ["no credentials of it were given", ...failed] });
      continue;
    }
    show(`reading account ${account}`);
    const found = await readAccount(plan, auditor);
    if (isUnread(found)) unread.push(found);
    else read.push(found);
  }
  return { read, unread };
}
