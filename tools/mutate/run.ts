import { join } from "node:path";
import { parseArgs } from "node:util";
import { filesOf } from "../tests/groups";
import { ImportGraph, repository } from "../tests/importGraph";
import { type Mutant, mutantsOf, sampled } from "./mutants";
import { Worker } from "./pool";
import { report, type Result } from "./report";
import { sourceFiles } from "./sources";
import { type Timed, TestOrder } from "./testOrder";

/**
 * Changes the code in one place at a time and runs the tests that can notice it.
 *
 *   npm run mutate -- [FOLDER, FILE, FILE:LINE or exit-codes ...] [--sample N] [--seed TEXT] [--jobs N] [--tests FOLDER]
 *     [--seconds N]
 *
 * `--seconds`: what the tests of one change may take together, the likeliest to notice it first. Less than all makes the
 * share too small, never too large. Ends with 1 where less than 90 % of the changes are noticed or excused in
 * survivors.json.
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
  const all = mutantsIn(positionals);
  const mutants = sampled(all, Number(values.sample ?? all.length), values.seed);
  const graph = new ImportGraph();
  const tests = (["unit", "properties"] as const)
    .flatMap((group) => filesOf(group, graph))
    .filter((test) => test.startsWith(values.tests));
  const order = new TestOrder(graph, tests, join(repository, "node_modules/.cache/mutate.json"));
  say(`${mutants.length} of ${all.length} changes in ${new Set(mutants.map(({ file }) => file)).size} files`);
  const workers = Array.from({ length: Number(values.jobs) }, () => new Worker());
  const sound = new SoundTests();
  try {
    const results: Result[] = [];
    await shared(workers, mutants, async (worker, mutant) => {
      const result = await judged(worker, mutant, order.testsOf(mutant.file, Number(values.seconds) * 1000), {
        order,
        sound,
      });
      results.push(result);
      if (result.fate === "survived") say(`survived ${mutant.file}:${mutant.line} ${mutant.operator}`);
      if (results.length % 50 === 0) say(`${results.length} of ${mutants.length}`);
    });
    process.exitCode = report(results, say);
  } finally {
    for (const worker of workers) worker.stop();
    order.save();
  }
}

/** A run that is ended early still says what it found. */
let isEnded = false;
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => (isEnded = true));

const soundLimitMs = 300_000;

/** By the clock, against what never ends; a machine twenty times slower than a quiet one keeps it. */
const limitMs = (milliseconds: number): number => 60_000 + 20 * milliseconds;

async function judged(
  worker: Worker,
  mutant: Mutant,
  tests: readonly Timed[],
  { order, sound }: { readonly order: TestOrder; readonly sound: SoundTests },
): Promise<Result> {
  for (const { test, milliseconds } of tests) {
    if (sound.isKnownToFail(test)) continue;
    const limit = limitMs(milliseconds);
    const answer = await worker.run({ test, mutant }, limit);
    if (answer.fate === "broken") return { mutant, fate: "broken" };
    // What is late may only be slow, where the test takes long without any change too.
    const enoughMs = answer.fate === "late" ? limit / 4 : soundLimitMs;
    const hasNoticed = answer.fate !== "passed" && (await sound.lasts(worker, test)) < enoughMs;
    order.ran(mutant.file, test, hasNoticed, answer.milliseconds);
    if (hasNoticed) return { mutant, fate: "killed", by: test };
  }
  return { mutant, fate: "survived" };
}

/** How long a test that passes over the code as it stands takes; tried once, when it first fails over a changed one. */
class SoundTests {
  readonly #lasts = new Map<string, Promise<number>>();
  readonly #failing = new Set<string>();

  isKnownToFail(test: string): boolean {
    return this.#failing.has(test);
  }

  /** By the clock; endless where it fails. */
  lasts(worker: Worker, test: string): Promise<number> {
    const known = this.#lasts.get(test) ?? this.#tried(worker, test);
    this.#lasts.set(test, known);
    return known;
  }

  async #tried(worker: Worker, test: string): Promise<number> {
    const started = Date.now();
    const { fate } = await worker.run({ test }, soundLimitMs);
    if (fate === "passed") return Date.now() - started;
    this.#failing.add(test);
    say(`left out, as it fails without any change: ${test}`);
    return Infinity;
  }
}

/** Of each file, or of the line named behind its name. */
function mutantsIn(named: readonly string[]): Mutant[] {
  const lines = new Map(
    named.flatMap((name) => {
      const [, file = "", line = ""] = /^(.+):([0-9]+)$/.exec(name) ?? [];
      return file === "" ? [] : [[file, Number(line)] as const];
    }),
  );
  const files = sourceFiles(named.map((name) => name.replace(/:[0-9]+$/, "")));
  return files.flatMap(mutantsOf).filter(({ file, line }) => !lines.has(file) || lines.get(file) === line);
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
