import "../startup/leaveReadable";
import * as pulumi from "@pulumi/pulumi";
import { loadPlan } from "../model/load";
import { formatProblem } from "../model/yaml/problem";
import { readable } from "../startup/readableErrors";
import { withoutSourceMaps } from "../startup/withoutSourceMaps";
import { functionCode } from "./account/functionCode";
import { program } from "./program";

withoutSourceMaps();

/** What `pulumi up` runs: the stack of that name, from the manifests as they are now. */
export = async (): Promise<Record<string, unknown>> => {
  try {
    return await runStack(pulumi.getStack());
  } catch (error) {
    throw readable(error);
  }
};

async function runStack(stack: string): Promise<Record<string, unknown>> {
  const { plan, problems } = loadPlan({
    root: process.cwd(),
    running: { stack, config: pulumi.runtime.allConfig() },
  });
  if (plan === undefined) {
    throw new pulumi.RunError(
      ["Nothing was changed, because these have to be corrected first:", ...problems.map(formatProblem)].join(
        "\n",
      ),
    );
  }
  const known = plan.organisation.stacks.map(({ name }) => name);
  if (!known.includes(stack)) {
    throw new pulumi.RunError(
      `\`accounts\` in Pulumi.yaml has no ${stack}; it has ${known.join(", ")}. Select one of them, or add this one with its account.`,
    );
  }
  try {
    return await program({ plan, stack, functionCode });
  } catch (error) {
    // Says by itself what is wrong with which argument; where in the program it was thrown helps nobody.
    if (error instanceof pulumi.InputPropertiesError) throw new pulumi.RunError(error.message);
    throw error;
  }
}
