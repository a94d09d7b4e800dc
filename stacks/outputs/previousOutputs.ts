import * as pulumi from "@pulumi/pulumi";

/** Full name of a stack of this project. */
export function stackName(stack: string): string {
  return `${pulumi.getOrganization()}/${pulumi.getProject()}/${stack}`;
}

/**
 * What a stack exported at its last update; undefined where it was never deployed. Unlike a StackReference this does not
 * end the program when the stack does not exist, so that the program can say what to do.
 */
export async function previousOutputs(stack: string): Promise<Record<string, unknown> | undefined> {
  try {
    const found = (await pulumi.runtime.invoke("pulumi:pulumi:readStackOutputs", {
      name: stackName(stack),
    })) as { outputs?: Record<string, unknown> };
    return found.outputs;
  } catch {
    return undefined;
  }
}
