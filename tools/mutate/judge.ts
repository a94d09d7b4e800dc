import type { Mutant } from "./mutants";
import type { Result } from "./report";
import type { Timed } from "./testOrder";
import type { Answer, Order } from "./worker";

/** Runs a test file, over the code as it stands or with a change in it. */
export interface Runner {
  /** @param limitMs after which it is `late`, by the clock */
  run(order: Order, limitMs: number): Promise<Answer>;
}

export interface Judging {
  readonly sound: SoundTests;
  /** Told of each test that was run. */
  readonly ran: (test: string, hasNoticed: boolean, milliseconds: number) => void;
}

/** Runs tests over a changed file until one of them notices it. */
export async function judged(
  runner: Runner,
  mutant: Mutant,
  tests: readonly Timed[],
  { sound, ran }: Judging,
): Promise<Result> {
  for (const { test, milliseconds } of tests) {
    if (sound.isKnownToFail(test)) continue;
    const limit = limitMs(milliseconds);
    const answer = await runner.run({ test, mutant }, limit);
    if (answer.fate === "broken") return { mutant, fate: "broken" };
    // What is late may only be slow, where the test takes long without any change too.
    const enoughMs = answer.fate === "late" ? limit / 4 : soundLimitMs;
    const hasNoticed = answer.fate !== "passed" && (await sound.lasts(runner, test)) < enoughMs;
    ran(test, hasNoticed, answer.milliseconds);
    if (hasNoticed) return { mutant, fate: "killed", by: test };
  }
  return { mutant, fate: "survived" };
}

const soundLimitMs = 300_000;

/** By the clock, against what never ends; a machine twenty times slower than a quiet one keeps it. */
const limitMs = (milliseconds: number): number => 60_000 + 20 * milliseconds;

/** How long a test that passes over the code as it stands takes; tried once, when it first fails over a changed one. */
export class SoundTests {
  readonly #lasts = new Map<string, Promise<number>>();
  readonly #failing = new Set<string>();

  /**
   * @param say told of each that is left out
   * @param now milliseconds by the clock
   */
  constructor(
    private readonly say: (line: string) => void,
    private readonly now: () => number = Date.now,
  ) {}

  isKnownToFail(test: string): boolean {
    return this.#failing.has(test);
  }

  /** By the clock; endless where it fails. */
  lasts(runner: Runner, test: string): Promise<number> {
    const known = this.#lasts.get(test) ?? this.#tried(runner, test);
    this.#lasts.set(test, known);
    return known;
  }

  async #tried(runner: Runner, test: string): Promise<number> {
    const started = this.now();
    const { fate } = await runner.run({ test }, soundLimitMs);
    if (fate === "passed") return this.now() - started;
    this.#failing.add(test);
    this.say(`left out, as it fails without any change: ${test}`);
    return Infinity;
  }
}
