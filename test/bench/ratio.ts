import { spawnSync } from "node:child_process";

export interface Command {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  /** What its output holds when it did the whole work. */
  readonly says?: RegExp;
}

export interface Ratio {
  readonly median: number;
  readonly lowest: number;
  readonly highest: number;
  /** Medians of the two, in seconds. */
  readonly seconds: readonly [number, number];
}

/**
 * How many times as long `measured` takes as `yardstick`, whole processes by the wall clock: run in turn, so that a
 * machine that slows down slows both, after one run of each that does not count.
 * @throws Error when a command fails, or does not say what it should
 */
export function ratio(measured: Command, yardstick: Command, runs: number): Ratio {
  time(measured);
  time(yardstick);
  const pairs = Array.from({ length: runs }, () => [time(measured), time(yardstick)] as const);
  const ratios = pairs.map(([a, b]) => a / b);
  return {
    median: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    seconds: [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))],
  };
}

function time({ name, argv: [program, ...args], says }: Command): number {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, CI: "true" },
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${name} failed:\n${stderr}`);
  if (says?.test(stdout) === false) throw new Error(`${name} does not say ${says}:\n${stdout}`);
  return seconds;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
