import type { AccountDocuments } from "../../model/access/input";
import { NotModelled } from "../../model/access/notModelled";
import { Access } from "../../model/access/access";
import type { Plan } from "../../model/plan/types";
import { documentsOf } from "../../model/proof/documentsOf";
import { progressLine } from "../check/progressLine";
import { buildStacks } from "../inMemory/buildStacks";
import { OperationError } from "../operations/operationError";
import { organisationPolicies } from "../operations/organisationPolicies";
import { planOf } from "../operations/plan";
import type { Outcome } from "../operations/run";
import { repositoryRoot } from "../repository";
import { csvReport } from "./csvReport";
import { decisions } from "./decisions";
import type { AccessFlags } from "./flags";
import { namesOf } from "./names";
import { select } from "./select";
import { textReport } from "./textReport";

/** Builds every account in memory and decides from what it registers. Calls nothing outside this process. */
export async function access(flags: AccessFlags): Promise<Outcome> {
  const controls = organisationPolicies(flags.organisationPolicy);
  const plan = planOf(flags);
  const line = progressLine();
  const decided = await decide(plan, controls, line.show).finally(line.clear);
  const names = namesOf(plan, decided.model);
  const asked = select(flags, names);
  const found = decisions(decided, asked);
  const text = flags.format === "csv" ? csvReport(found) : textReport(found, asked);
  return { text, json: { pairs: found } };
}

/** @throws OperationError where a document says what cannot be decided about */
async function decide(
  plan: Plan,
  controls: AccountDocuments["controls"],
  show: (step: string) => void,
): Promise<Access> {
  const stacks = await buildStacks(plan, (name) => show(`building ${name}`), repositoryRoot());
  show("deciding who can read what");
  try {
    return new Access(documentsOf(plan, stacks, controls));
  } catch (error) {
    if (error instanceof NotModelled) throw new OperationError(error.message);
    throw error;
  }
}
