import { asset } from "@pulumi/pulumi";
import {
  type BuiltStack,
  buildStack,
  organisationOfStacks,
  type StackToBuild,
} from "../../../cli/inMemory/buildStack";
import { projectName } from "../../../cli/inMemory/buildStacks";
import { cloudOutputs } from "../../../cli/inMemory/cloudOutputs";
import type { Plan } from "../../../model/plan/types";
import type { FunctionCode } from "../../../stacks/account/functionCode";
import { program } from "../../../stacks/program";
import { withoutStackTraces } from "../../../startup/withoutStackTraces";
import { organisationRoot } from "../../support/organisation";

export type Outputs = Readonly<Record<string, unknown>>;

export interface Surroundings {
  /** What the stack exported at its last update. @default it was never deployed */
  readonly previous?: Outputs;
  /** What its security stack exports, `deployed`: what it would for this plan. @default it was never deployed */
  readonly security?: Outputs | "deployed";
  /** @default the name of its entry */
  readonly functionCode?: FunctionCode;
  /** What the plugin answers about secrets that may be restored. @default there are none */
  readonly restoring?: (args: Readonly<Record<string, unknown>>) => Record<string, unknown>;
  /** @default an update */
  readonly dryRun?: boolean;
}

/** What security stacks export, by plan: they are the same for all that read them. */
const exported = new WeakMap<Plan, Map<string, Promise<Outputs>>>();

function exportedBy(plan: Plan, holder: string): Promise<Outputs> {
  const known = exported.get(plan) ?? new Map<string, Promise<Outputs>>();
  exported.set(plan, known);
  const outputs = known.get(holder) ?? runStack(plan, holder).then(({ outputs }) => outputs);
  known.set(holder, outputs);
  return outputs;
}

/** Runs one stack of a plan in memory, between whatever was deployed before. */
export async function runStack(
  plan: Plan,
  name: string,
  surroundings: Surroundings = {},
): Promise<BuiltStack> {
  const { previous, security, dryRun = false, restoring } = surroundings;
  const { functionCode = (entry) => new asset.StringAsset(entry) } = surroundings;
  const { account } = plan.organisation.stacks.find((stack) => stack.name === name)!;
  const holder = plan.environments.find(({ workload }) => workload.stack === name)?.security.stack;
  const deployed = security === "deployed" ? await exportedBy(plan, holder!) : security;
  const outputsOf = (reference: string): Outputs => {
    const found = new Map([
      [name, previous],
      [holder, deployed],
    ]).get(reference.split("/").at(-1));
    if (found === undefined || !reference.startsWith(`${organisationOfStacks}/${projectName}/`)) {
      throw new Error(`unknown stack ${reference}`);
    }
    return found;
  };
  const todo: StackToBuild = {
    project: projectName,
    stack: name,
    account,
    dryRun,
    cloud: cloudOutputs(plan.organisation, account, outputsOf),
    invoke: (token, inputs) => {
      if (token === "pulumi:pulumi:readStackOutputs") return { outputs: outputsOf(String(inputs["name"])) };
      if (token === "secrets-platform:index:restoreSecrets")
        return restoring?.(inputs) ?? { pending: [], restored: [] };
      throw new Error(`unexpected call of ${token}`);
    },
    program: () => program({ plan, stack: name, functionCode, root: organisationRoot }),
  };
  return withoutStackTraces(() => buildStack(todo));
}
