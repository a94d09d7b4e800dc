import { setImmediate } from "node:timers/promises";
import { asset } from "@pulumi/pulumi";
import type { Plan } from "../../model/plan/types";
import { program } from "../../stacks/program";
import { withoutStackTraces } from "../../startup/withoutStackTraces";
import { type BuiltStack, buildStack, organisationOfStacks } from "./buildStack";
import { cloudOutputs } from "./cloudOutputs";
import { refuseNames, type TakenNames } from "./refuseNames";

/** Name of the project in Pulumi.yaml. */
export const projectName = "secrets-platform";

/**
 * Builds every account in memory, in the order of deployment, each with the outputs of those before it. `before` is
 * called ahead of each stack.
 * @param root of the repository; the working directory where it is left out
 */
export function buildStacks(
  plan: Plan,
  before: (stack: string) => void,
  root?: string,
): Promise<BuiltStack[]> {
  return withoutStackTraces(async () => {
    const built: BuiltStack[] = [];
    const taken: TakenNames = new Map();
    const { region } = plan.organisation;
    for (const { name, account } of plan.organisation.stacks) {
      before(name);
      // Building waits for nothing, and a signal is heard only in between.
      await setImmediate();
      built.push(
        await buildStack({
          project: projectName,
          stack: name,
          account,
          cloud: refuseNames(
            cloudOutputs(plan.organisation, account, (reference) => outputsOf(built, reference)),
            { account, region },
            taken,
          ),
          invoke: (token, inputs) => invoke(built, token, inputs),
          program: () => program({ plan, stack: name, functionCode: unbundled, root }),
        }),
      );
    }
    return built;
  });
}

function invoke(
  built: readonly BuiltStack[],
  token: string,
  inputs: Record<string, unknown>,
): Record<string, unknown> {
  switch (token) {
    case "pulumi:pulumi:readStackOutputs":
      return { outputs: outputsOf(built, String(inputs["name"])) };
    case "secrets-platform:index:restoreSecrets":
      return { pending: [], restored: [] };
    default:
      throw new Error(`the program calls ${token}, which no cloud is here to answer`);
  }
}

/** `reference` is a stack's full name. Like the engine, throws where that stack was never deployed. */
function outputsOf(built: readonly BuiltStack[], reference: string): Readonly<Record<string, unknown>> {
  const found = built.find(({ stack }) => reference === `${organisationOfStacks}/${projectName}/${stack}`);
  if (found === undefined) throw new Error(`unknown stack ${reference}`);
  return found.outputs;
}

/** What functions do plays no part here, so their code need not be bundled. */
function unbundled(entry: string): asset.Archive {
  return new asset.AssetArchive({ "index.js": new asset.StringAsset(entry) });
}
