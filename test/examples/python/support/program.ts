import assert from "node:assert/strict";
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { examples, examplesPython } from "./examplesPython";

export type Environment = Readonly<Record<string, string>>;

/** One example that runs; it ends with the test run at the latest. */
export interface Program {
  readonly child: ChildProcessWithoutNullStreams;
  /** What it has printed, errors included. */
  readonly output: () => string;
  /** Waits until it has printed a text, that many times; fails where it ends before. */
  printed(text: string | RegExp, times?: number): Promise<void>;
  /** Waits for its end; its exit status. */
  readonly ended: Promise<number | null>;
  readonly stop: () => Promise<void>;
}

const patienceMs = 60_000;

/** Starts an example, such as `ecs/injected.py`, with that environment and nothing else of this process'. */
export async function startProgram(
  file: string,
  environment: Environment,
  args: readonly string[] = [],
): Promise<Program> {
  return startPython([join(examples, file), ...args], environment);
}

export async function startPython(args: readonly string[], environment: Environment): Promise<Program> {
  const child = spawn(await examplesPython(), [join(__dirname, "audited.py"), ...args], {
    cwd: examples,
    env: { PATH: process.env["PATH"] ?? "", PYTHONDONTWRITEBYTECODE: "1", ...environment },
  });
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  const ended = once(child, "close").then(([code]) => {
    process.removeListener("exit", kill);
    return code as number | null;
  });
  const isOver = () => child.exitCode !== null || child.signalCode !== null;
  return {
    child,
    output: () => output,
    async printed(text, times = 1) {
      const count = () => output.split(text).length - 1;
      const deadline = Date.now() + patienceMs;
      while (count() < times && !isOver() && Date.now() < deadline) await wait(25);
      assert.ok(count() >= times, `${String(text)} was not printed ${times} times:\n${output}`);
    },
    ended,
    async stop() {
      kill();
      await ended;
    },
  };
}

/** Fails where a text holds one of the values, in any form in which a program might print it, or a file was written. */
export function assertKeepsToItself(output: string, values: readonly string[]): void {
  assert.ok(values.length > 0 && values.every((value) => value.length >= 12), "values to look for");
  for (const value of values) {
    const base64 = Buffer.from(value).toString("base64").replace(/=+$/, "");
    for (const form of [value, encodeURIComponent(value), base64, Buffer.from(value).toString("hex")])
      assert.ok(!output.includes(form), `a value is shown in:\n${output.replaceAll(form, "…")}`);
  }
  assert.doesNotMatch(output, /^AUDIT /m);
}
