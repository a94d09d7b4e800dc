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

export interface Ratios {
  /** By the wall clock, which a busy machine stretches. */
  readonly wall: Ratio;
  /** By the CPU time of the process and what it started and waited for. */
  readonly cpu: Ratio;
}

/**
 * How many times as long `measured` takes as `yardstick`, whole processes: run in turn, so that a machine that slows down
 * slows both, after one run of each that does not count.
 * @throws Error when a command fails, or does not say what it should
 */
export function ratio(measured: Command, yardstick: Command, runs: number): Ratios {
  time(measured);
  time(yardstick);
  const pairs = Array.from({ length: runs }, () => [time(measured), time(yardstick)] as const);
  const by = (clock: keyof Seconds) => ratioOf(pairs.map(([a, b]) => [a[clock], b[clock]]));
  return { wall: by("wall"), cpu: by("cpu") };
}

function ratioOf(pairs: readonly (readonly [number, number])[]): Ratio {
  const ratios = pairs.map(([a, b]) => a / b);
  return {
    median: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    seconds: [median(pairs.map(([a]) => a)), median(pairs.map(([, b]) => b))],
  };
}

type Seconds = Readonly<Record<"wall" | "cpu", number>>;

/** Node tells no CPU time of a child; bash does, in the last line of standard error. */
const timed = 'TIMEFORMAT="%3R %3U %3S"; time "$@"';

function time({ name, argv, says }: Command): Seconds {
  const { status, stdout, stderr } = spawnSync("bash", ["-c", timed, "bash", ...argv], {
    encoding: "utf8",
    env: { ...process.env, CI: "true", LC_ALL: "C" },
  });
  if (status !== 0) throw new Error(`${name} failed:\n${stderr}`);
  if (says?.test(stdout) === false) throw new Error(`${name} does not say ${says}:\n${stdout}`);
  const [wall = NaN, user = NaN, system = NaN] = (stderr.trimEnd().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  return { wall, cpu: user + system };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
