import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { performance } from "node:perf_hooks";

import type { PackConfig } from "../../../policies/config";
import { evaluate, type RegisteredResource } from "../../../policies/evaluate";
import { rules } from "../../../policies/rules";
import { startPack, type RunningPack } from "../support/pack";
import { largeProgram } from "./program";

/** What the interface costs without a rule, as measured on an idle machine of this project's kind. */
const protocolMicroseconds = 430;

const policies = path.resolve(__dirname, "../../../policies");

/**
 * What the rules cost at 10,000 resources, in microseconds a resource: in process (at most 150), and through the pack's
 * interface as the engine calls it, 10 resources at a time and then the stack (at most 600), beside the same with every
 * rule off, since a busy machine slows both. And the pack's start against that of @pulumi/policy alone (at most twice).
 * `npx tsx test/policies/bench/bench.ts [count]`
 */
async function main(): Promise<void> {
  const program = largeProgram(Number(process.argv[2] ?? 10_000));
  const inProcess = median([1, 2, 3, 4, 5].map(() => perResource(program, () => evaluate(rules, program))));
  print(`in process: ${inProcess} µs a resource, allowed 150`);
  const { on, off } = await throughInterface(program);
  const scaled = Math.round((on / off) * protocolMicroseconds);
  print(
    `through the interface: ${on} µs a resource, ${off} with every rule off; on an idle machine ${scaled}, allowed 600`,
  );
  const base = await startOf(["-e", 'require("@pulumi/policy"); console.log("ready")']);
  const started = await startOf([path.join(policies, "index.js")]);
  print(
    `start: ${(started / base).toFixed(2)} times @pulumi/policy alone (${started} ms and ${base} ms), allowed 2`,
  );
}

function perResource(program: readonly RegisteredResource[], work: () => unknown): number {
  const start = performance.now();
  work();
  return Math.round(((performance.now() - start) * 1000) / program.length);
}

async function throughInterface(program: readonly RegisteredResource[]) {
  const pack = await startPack();
  const allOff: PackConfig = Object.fromEntries(rules.map(({ id }) => [id, "disabled"]));
  const [on, off]: [number[], number[]] = [[], []];
  for (let round = 0; round < 4; round++) {
    for (const [config, times] of [
      [{}, on],
      [allOff, off],
    ] as const) {
      await pack.configure(config);
      const time = await timeOf(pack, program);
      // The first round compiles.
      if (round > 0) times.push(time);
    }
  }
  await pack.stop();
  return { on: median(on), off: median(off) };
}

async function timeOf(pack: RunningPack, program: readonly RegisteredResource[]): Promise<number> {
  const start = performance.now();
  for (let at = 0; at < program.length; at += 10)
    await Promise.all(program.slice(at, at + 10).map(pack.analyze));
  await pack.analyzeStack(program);
  return Math.round(((performance.now() - start) * 1000) / program.length);
}

/** Median of 5 processes until they say something, in milliseconds. */
async function startOf(argv: readonly string[]): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < 5; run++) {
    const start = performance.now();
    const child = spawn(process.execPath, argv, { cwd: policies, stdio: ["ignore", "pipe", "inherit"] });
    await once(child.stdout, "data");
    times.push(Math.round(performance.now() - start));
    child.kill();
    await once(child, "exit");
  }
  return median(times);
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

void main();
