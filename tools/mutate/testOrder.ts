import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import type { ImportGraph } from "../tests/importGraph";

export interface Timed {
  readonly test: string;
  readonly milliseconds: number;
}

interface Tries {
  tried: number;
  noticed: number;
}

interface Memory {
  /** By test file: how long it took last. */
  readonly milliseconds: Record<string, number>;
  /** By `source test` and by `folder test`. */
  readonly tries: Record<string, Tries>;
}

/** Builds all stacks once and compares what they are: what most changes of them change. */
const comparesAll = "test/approved/approved.test.ts";

/** What a file that was never run is taken to last. */
const unknownMs = 500;

/**
 * Which test files to run for a change: by how likely they notice it and how long they take, as seen in this run and the
 * runs before it. The few that matter then come first, and most changes cost one or two files.
 */
export class TestOrder {
  readonly #memory: Memory;

  /** @param path of what earlier runs saw, a file that need not be there */
  constructor(
    private readonly graph: ImportGraph,
    private readonly tests: readonly string[],
    private readonly path: string,
  ) {
    this.#memory = readMemory(path);
  }

  ran(file: string, test: string, hasNoticed: boolean, milliseconds: number): void {
    // A test that fails ends early, which says nothing of how long it is.
    if (!hasNoticed) this.#memory.milliseconds[test] = milliseconds;
    for (const place of [file, dirname(file)]) {
      const tries = (this.#memory.tries[`${place} ${test}`] ??= { tried: 0, noticed: 0 });
      tries.tried += 1;
      if (hasNoticed) tries.noticed += 1;
    }
  }

  /** The likeliest first, as many as fit into the time; a change that these pass counts as unnoticed. */
  testsOf(file: string, budgetMs: number): readonly Timed[] {
    const ordered = this.tests
      .filter((test) => this.graph.reachedFrom(test).has(file))
      .map((test) => ({ test, milliseconds: this.#memory.milliseconds[test] ?? unknownMs }))
      .map((timed) => ({ timed, worth: this.#chance(file, timed.test) / (timed.milliseconds + 50) }))
      .sort((a, b) => b.worth - a.worth)
      .map(({ timed }) => timed);
    let left = budgetMs;
    return ordered.filter(({ milliseconds }, at) => {
      left -= milliseconds;
      return at === 0 || left >= 0;
    });
  }

  save(): void {
    mkdirSync(dirname(this.path), { recursive: true });
    writeFileSync(this.path, JSON.stringify(this.#memory));
  }

  #chance(file: string, test: string): number {
    const folder = this.#share(`${dirname(file)} ${test}`, guess(file, test));
    return this.#share(`${file} ${test}`, folder);
  }

  /** How often it noticed one, as if some tries before had gone as expected. */
  #share(key: string, expected: number): number {
    const { tried, noticed } = this.#memory.tries[key] ?? { tried: 0, noticed: 0 };
    return (noticed + expected * expectedTries) / (tried + expectedTries);
  }
}

const expectedTries = 3;

function guess(file: string, test: string): number {
  if (basename(test) === basename(file, ".ts") + ".test.ts") return 0.8;
  if (test === comparesAll) return 0.6;
  return test.startsWith(`test/${dirname(file)}/`) ? 0.2 : 0.03;
}

function readMemory(path: string): Memory {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Memory;
  } catch {
    return { milliseconds: {}, tries: {} };
  }
}
