import { parseArgs } from "node:util";
import { filesOf } from "../tests/groups";
import { ImportGraph } from "../tests/importGraph";
import { type Mutant, mutantsOf, sampled } from "./mutants";
import { Worker } from "./pool";
import { report, type Result } from "./report";
import { sourceFiles } from "./sources";
import { TestOrder } from "./testOrder";

/**
 * Changes the code in one place at a time and runs the tests that can notice it.
 *
 *   npm run mutate -- [FOLDER or FILE ...] [--sample N] [--seed TEXT] [--jobs N] [--tests FOLDER]
 *
 * Ends with 1 where less than 90 % of the changes are noticed or excused in survivors.json.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: "2" },
      tests: { type: "string", default: "test" },
    },
  });
  const all = sourceFiles(positionals).flatMap(mutantsOf);
  const mutants = sampled(all, Number(values.sample ?? all.length), values.seed);
  const graph = new ImportGraph();
  const files = new Set(mutants.map(({ file }) => file));
  const tests = filesOf("unit", graph).filter(
    (test) => test.startsWith(values.tests) && [...graph.reachedFrom(test)].some((file) => files.has(file)),
  );
  say(`${mutants.length} of ${all.length} changes in ${files.size} files; ${tests.length} test files`);
  const workers = Array.from({ length: Number(values.jobs) }, () => new Worker());
  try {
    const order = new TestOrder(graph);
    await shared(workers, tests, async (worker, test) => {
      const started = Date.now();
      const answer = await worker.run({ test }, firstRunLimitMs);
      if (answer === "passed") order.add(test, Date.now() - started);
      else say(`left out, as it fails without any change: ${test}`);
    });
    const results: Result[] = [];
    await shared(workers, mutants, async (worker, mutant) => {
      const result = await judged(worker, mutant, order);
      results.push(result);
      if (result.fate === "survived") say(`survived ${mutant.file}:${mutant.line} ${mutant.operator}`);
      if (results.length % 50 === 0) say(`${results.length} of ${mutants.length}`);
    });
    process.exitCode = report(results, say);
  } finally {
    for (const worker of workers) worker.stop();
  }
}

/** A run that is ended early still says what it found. */
let isEnded = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (isEnded = true));

const firstRunLimitMs = 300_000;

async function judged(worker: Worker, mutant: Mutant, order: TestOrder): Promise<Result> {
  for (const { test, milliseconds } of order.testsOf(mutant.file)) {
    const answer = await worker.run({ test, mutant }, 20_000 + 10 * milliseconds);
    if (answer === "broken") return { mutant, fate: "broken" };
    if (answer === "failed") {
      order.noticed(mutant.file, test);
      return { mutant, fate: "killed", by: test };
    }
  }
  return { mutant, fate: "survived" };
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
