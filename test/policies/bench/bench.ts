import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { performance } from "node:perf_hooks";

import type { PackConfig } from "../../../policies/pack/config";
import { evaluate, type RegisteredResource } from "../../../policies/pack/evaluate";
import { rules } from "../../../policies/rules";
import { startPack, type RunningPack } from "../support/pack";
import { largeProgram } from "./program";

const policies = path.resolve(__dirname, "../../../policies");

/** Times what the pack's interface costs with every rule off. What is over 1 is the rules' and @pulumi/policy's. */
const allowed = { inProcess: 0.35, throughInterface: 2, start: 2 } as const;

/**
 * What the rules cost at 10,000 resources: in process, and through the pack's interface as the engine calls it, 10
 * resources at a time and then the stack. Both against the interface with every rule off, measured in turn in the same
 * rounds, since a busy machine slows all three alike. Of what the interface adds to the rules, most is @pulumi/policy's,
 * which lists all resources of a stack again for each rule that looks at several types of them. And the pack's start
 * against that of @pulumi/policy alone. Exits with 1 when a median is over what is allowed.
 * `npx tsx test/policies/bench/bench.ts [count]`
 */
async function main(): Promise<void> {
  const program = largeProgram(Number(process.argv[2] ?? 10_000));
  const { inProcess, on, off } = await perResource(program);
  print(`with every rule off, through the interface: ${median(off)} µs a resource`);
  const base = await startOf(["-e", 'require("@pulumi/policy"); console.log("ready")']);
  const started = await startOf([path.join(policies, "index.js")]);
  const kept = [
    report("in process", inProcess, off, allowed.inProcess),
    report("through the interface", on, off, allowed.throughInterface),
    report("start, against @pulumi/policy alone", started, base, allowed.start),
  ];
  if (kept.includes(false)) process.exitCode = 1;
}

/** Prints the median of the ratios, round by round; false when it is over what is allowed. */
function report(what: string, times: readonly number[], floor: readonly number[], limit: number): boolean {
  const ratios = times.map((time, round) => time / (floor[round] ?? Number.NaN));
  const [low, middle, high] = [Math.min(...ratios), median(ratios), Math.max(...ratios)];
  const isKept = middle <= limit;
  print(
    `${what}: ${middle.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)}; ${median(times)} / ${median(floor)}), ` +
      `allowed ${limit}: ${isKept ? "kept" : "NOT KEPT"}`,
  );
  return isKept;
}

/** Microseconds a resource, by round. */
async function perResource(program: readonly RegisteredResource[]) {
  const pack = await startPack();
  const everyRuleOff: PackConfig = Object.fromEntries(rules.map(({ id }) => [id, "disabled"]));
  const [inProcess, on, off]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < 5; round++) {
    await pack.configure(everyRuleOff);
    const floor = await timeOf(program, () => throughInterface(pack, program));
    await pack.configure({});
    const measured = await timeOf(program, () => throughInterface(pack, program));
    const alone = await timeOf(program, () => evaluate(rules, program));
    // The first round compiles.
    if (round === 0) continue;
    off.push(floor);
    on.push(measured);
    inProcess.push(alone);
  }
  await pack.stop();
  return { inProcess, on, off };
}

async function timeOf(program: readonly RegisteredResource[], work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return Math.round(((performance.now() - start) * 1000) / program.length);
}

async function throughInterface(pack: RunningPack, program: readonly RegisteredResource[]): Promise<void> {
  for (let at = 0; at < program.length; at += 10)
    await Promise.all(program.slice(at, at + 10).map(pack.analyze));
  await pack.analyzeStack(program);
}

/** Five processes until they say something, in milliseconds. */
async function startOf(argv: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    const child = spawn(process.execPath, argv, { cwd: policies, stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    times.push(Math.round(performance.now() - start));
    child.kill();
    await once(child, "exit");
  }
  return times;
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
