import { join } from "node:path";
import { parseArgs } from "node:util";
import { filesOf } from "../tests/groups";
import { ImportGraph, repository } from "../tests/importGraph";
import { judged, SoundTests } from "./judge";
import { type Mutant, mutantsOf, sampled } from "./mutants";
import { Worker } from "./pool";
import { excuses, report, type Result } from "./report";
import { sourceFiles } from "./sources";
import { TestOrder } from "./testOrder";

/**
 * Changes the code in one place at a time and runs the tests that can notice it.
 *
 *   npm run mutate -- [FOLDER, FILE, FILE:LINE or exit-codes ...] [--sample N] [--seed TEXT] [--jobs N] [--tests FOLDER]
 *     [--seconds N]
 *
 * `--seconds`: what the tests of one change may take together, the likeliest to notice it first. Less than all makes the
 * share too small, never too large. Ends with 1 where less than 90 % of the changes are noticed or excused in
 * survivors.json, or an excuse there is of no change.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: "2" },
      tests: { type: "string", default: "test" },
      seconds: { type: "string", default: "20" },
    },
  });
  const { all, asked } = mutantsIn(positionals);
  const mutants = sampled(asked, Number(values.sample ?? asked.length), values.seed);
  const graph = new ImportGraph();
  const tests = (["unit", "properties"] as const)
    .flatMap((group) => filesOf(group, graph))
    .filter((test) => test.startsWith(values.tests));
  const order = new TestOrder(graph, tests, join(repository, "node_modules/.cache/mutate.json"));
  say(
    `${mutants.length} of ${asked.length} changes in ${new Set(mutants.map(({ file }) => file)).size} files`,
  );
  const workers = Array.from({ length: Number(values.jobs) }, () => new Worker());
  const sound = new SoundTests(say);
  try {
    const results: Result[] = [];
    await shared(workers, mutants, async (worker, mutant) => {
      const tests = order.testsOf(mutant.file, Number(values.seconds) * 1000);
      const result = await judged(worker, mutant, tests, {
        sound,
        ran: (test, hasNoticed, milliseconds) => order.ran(mutant.file, test, hasNoticed, milliseconds),
      });
      results.push(result);
      if (result.fate === "survived") say(`survived ${mutant.file}:${mutant.line} ${mutant.operator}`);
      if (results.length % 50 === 0) say(`${results.length} of ${mutants.length}`);
    });
    process.exitCode = report({ results, all, excuses: excuses(), say });
  } finally {
    for (const worker of workers) worker.stop();
    order.save();
  }
}

/** A run that is ended early still says what it found. */
let isEnded = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (isEnded = true));

/** All changes of the files named, and which are asked for: where a line is named behind a file, that line's. */
function mutantsIn(named: readonly string[]): { readonly all: Mutant[]; readonly asked: Mutant[] } {
  const fileOf = (name: string) => name.replace(/:[0-9]+$/, "");
  const withLine = new Set(named.map(fileOf).filter((file, at) => file !== named[at]));
  const all = sourceFiles(named.map(fileOf)).flatMap(mutantsOf);
  const asked = all.filter(({ file, line }) => !withLine.has(file) || named.includes(`${file}:${line}`));
  return { all, asked };
}

/** Each worker takes the next item as soon as it is free. */
async function shared<T>(
  workers: readonly Worker[],
  items: readonly T[],
  work: (worker: Worker, item: T) => Promise<void>,
): Promise<void> {
  const waiting = [...items].reverse();
  await Promise.all(
    workers.map(async (worker) => {
      for (let item = waiting.pop(); item !== undefined && !isEnded; item = waiting.pop())
        await work(worker, item);
    }),
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
