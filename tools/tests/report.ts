import { type Counts, tellCounts } from "./counts";
import { tellLeftOut } from "./leftOut";
import type { FileOutcome } from "./workers";

/** What is said of one file as soon as it has run. */
export function tellFile({ tree, said }: FileOutcome): string {
  return tree + said;
}

/**
 * What is said at the end: failures in full, what was left out, and one plain line with the counts.
 * @param left files that an interrupted run did not come to the end of
 */
export function tellRun(outcomes: readonly FileOutcome[], left = 0): string {
  return (
    outcomes.map(({ file, failures }) => (failures === "" ? "" : `${file}\n${failures}\n`)).join("") +
    tellLeftOut(outcomes.flatMap(({ leftOut }) => leftOut)) +
    (left > 0 ? `Interrupted: ${left} of ${left + outcomes.length} files did not run to their end\n` : "") +
    tellCounts(countsOf(outcomes))
  );
}

export function countsOf(outcomes: readonly Counts[]): Counts {
  const sum = (key: keyof Counts) => outcomes.reduce((total, each) => total + each[key], 0);
  return { passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}

/** The files that take longest, in seconds of the processor. */
export function tellTimes(outcomes: readonly FileOutcome[]): string {
  return [...outcomes]
    .sort((a, b) => b.milliseconds - a.milliseconds)
    .map(({ file, milliseconds }) => `${(milliseconds / 1000).toFixed(1).padStart(7)} s ${file}\n`)
    .join("");
}
