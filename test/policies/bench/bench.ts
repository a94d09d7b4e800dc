import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";

import { evaluate } from "../../../policies/evaluate";
import { rules } from "../../../policies/rules";
import { startPack } from "../support/pack";
import { largeProgram } from "./program";

/**
 * Cost of the rules at 10,000 resources, in microseconds a resource: in process, and through the pack's interface as
 * the engine calls it (10 resources at a time, then the stack). And the pack's start against that of what it is built
 * on. `npx tsx test/policies/bench/bench.ts [count]`
 */
async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 10_000);
  const program = largeProgram(count);
  const perResource = (milliseconds: number) => Math.round((milliseconds * 1000) / count);

  const inProcess = [1, 2, 3].map(() => {
    const start = performance.now();
    const found = evaluate(rules, program, { settings: { organization: "o-exampleorgid" } });
    return { time: performance.now() - start, found };
  });
  print(`in process: ${inProcess.map(({ time }) => perResource(time)).join(", ")} µs a resource`);
  print(
    `findings: ${[...new Set(inProcess[0]?.found.map(({ policy, message }) => `${policy} ${message}`))].slice(0, 5).join("\n")}`,
  );

  const pack = await startPack();
  await pack.configure({});
  for (let round = 0; round < 2; round++) {
    const start = performance.now();
    for (let at = 0; at < count; at += 10) await Promise.all(program.slice(at, at + 10).map(pack.analyze));
    const resources = performance.now();
    await pack.analyzeStack(program);
    const end = performance.now();
    print(
      `through the interface: ${perResource(end - start)} µs a resource (${perResource(resources - start)} by resource, ${perResource(end - resources)} by stack)`,
    );
  }
  await pack.stop();

  const base = timeOf(`require("@pulumi/policy")`);
  const started = timeOf(
    `require("tsx/cjs"); require("@pulumi/policy"); const { packPolicies } = require("./policies/adapter.ts"); const { rules } = require("./policies/rules/index.ts"); const { readPackFiles } = require("./policies/packFiles.ts"); packPolicies(rules, readPackFiles("./policies", rules.map(({ id }) => id)))`,
  );
  print(`start: ${started} ms, ${(started / base).toFixed(2)} times the ${base} ms of @pulumi/policy alone`);
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Median of 5, in milliseconds. */
function timeOf(code: string): number {
  const times = [1, 2, 3, 4, 5].map(() => {
    const start = performance.now();
    execFileSync(process.execPath, ["-e", code]);
    return performance.now() - start;
  });
  return Math.round(times.sort((a, b) => a - b)[2] ?? 0);
}

void main();
