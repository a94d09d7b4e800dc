import type { Queue } from "./queue";
import { type FileOutcome, Worker } from "./workers";

export interface Run {
  readonly outcomes: readonly FileOutcome[];
  /** The signal that ended the run, with the number of files that had not run to their end. */
  readonly interrupted?: { readonly signal: NodeJS.Signals; readonly left: number };
}

/**
 * Runs the files in so many processes at once. A signal to this process ends them with all that their tests started.
 * @param tell told of each file once it has run
 */
export async function runSideBySide(
  queue: Queue,
  jobs: number,
  tell: (outcome: FileOutcome) => void,
): Promise<Run> {
  const total = queue.length;
  const workers = Array.from({ length: Math.min(jobs, total) }, () => new Worker());
  const outcomes: FileOutcome[] = [];
  let signal: NodeJS.Signals | undefined;
  const interrupt = (received: NodeJS.Signals) => {
    signal = received;
    for (const worker of workers) worker.stop();
  };
  const keep = (outcome: FileOutcome | undefined) => {
    // What ends with its process because of a signal has not failed.
    if (outcome === undefined || signal !== undefined) return;
    outcomes.push(outcome);
    tell(outcome);
  };
  process.on("SIGINT", interrupt).on("SIGTERM", interrupt);
  await Promise.all(
    workers.map(async (worker) => {
      for (let next = queue.take(); next !== undefined && signal === undefined; next = queue.take()) {
        keep(await worker.run(next.file));
        queue.done(next);
      }
      keep(await worker.end());
    }),
  );
  process.off("SIGINT", interrupt).off("SIGTERM", interrupt);
  return signal === undefined
    ? { outcomes }
    : { outcomes, interrupted: { signal, left: total - outcomes.length } };
}
