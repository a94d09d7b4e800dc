import { leaveOut } from "../../tools/tests/leftOut";
import { MissingTool } from "./missingTool";

/**
 * What `provide` sets up, for a `before` hook. Where the machine cannot provide it, the suite is left out and listed at
 * the end with how to get it; in CI mocha takes that for a failure.
 */
export async function provided<T>(context: Mocha.Context, provide: () => Promise<T>): Promise<T> {
  try {
    return await provide();
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    leaveOut({ tests: context.test?.parent?.fullTitle() ?? "tests", reason: error.message });
    return context.skip();
  }
}
