import assert from "node:assert/strict";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { type Environment, startPython } from "./program";
import { examples } from "./examplesPython";

/** One execution environment of an example for Lambda. */
export interface PythonFunction {
  /** Its answer; throws with what the handler raised. */
  invoke(event: object): Promise<unknown>;
  /** What stands in its log and in its errors. */
  output(): string;
  stop(): Promise<void>;
}

/**
 * Named test double of Lambda's runtime, which keeps a process between invocations: a handler by its name in a manifest,
 * such as `webhooks.handler`.
 */
export async function startFunction(handler: string, environment: Environment): Promise<PythonFunction> {
  const program = await startPython([join(__dirname, "runtime.py"), handler], {
    PYTHONPATH: join(examples, "lambda"),
    ...environment,
  });
  const lines = createInterface({ input: program.child.stdout });
  return {
    async invoke(event) {
      program.child.stdin.write(`${JSON.stringify(event)}\n`);
      const [line] = (await Promise.race([
        once(lines, "line"),
        program.ended.then((code) => assert.fail(`the runtime ended with ${code}:\n${program.output()}`)),
      ])) as [string];
      const { result, error } = JSON.parse(line) as { result?: unknown; error?: string };
      if (error !== undefined) throw new Error(error);
      return result;
    },
    output: program.output,
    stop: program.stop,
  };
}
