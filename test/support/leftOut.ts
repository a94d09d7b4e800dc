import { MissingTool } from "./missingTool";

interface LeftOut {
  readonly tests: string;
  readonly reason: string;
}

const all: LeftOut[] = [];

/** What could not run on this machine, for the end of the report. */
export function leftOut(): readonly LeftOut[] {
  return all;
}

/**
 * What `provide` sets up, for a `before` hook. Where the machine cannot provide it, the suite is left out and listed at
 * the end with how to get it; in CI mocha takes that for a failure.
 */
export async function provided<T>(context: Mocha.Context, provide: () => Promise<T>): Promise<T> {
  try {
    return await provide();
  } catch (error) {
    if (!(error instanceof MissingTool)) throw error;
    all.push({ tests: context.test?.parent?.fullTitle() ?? "tests", reason: error.message });
    return context.skip();
  }
}
