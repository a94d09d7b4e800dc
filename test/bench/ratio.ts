import { spawnSync } from "node:child_process";

export interface Command {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
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
 * @throws Error when a command fails
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

function time({ name, argv: [program, ...args] }: Command): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(program, args, {
    encoding: "utf8",
    env: { ...process.env, CI: "true" },
  });
  if (status !== 0) throw new Error(`${name} failed:\n${stderr}`);
  return (performance.now() - started) / 1000;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
