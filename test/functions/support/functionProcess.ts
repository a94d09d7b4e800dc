import { transform } from "esbuild";
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { bundleFunction } from "../../../functions/bundle";
import type { RotationEvent } from "../../../model/functions/rotation";
import { settingsFile, type FunctionEntry } from "../../../model/functions/settings";

/** What the stand-in for Lambda's runtime answers to an event. */
export type Answer = { readonly error?: string };

export interface FunctionProcess {
  readonly pid: number;
  invoke(event: RotationEvent): Promise<void>;
  /** SIGKILL: nothing in the process runs any more when this returns. */
  kill(): Promise<void>;
  /** Everything written so far. */
  output(): string;
}

export interface DeployedFunction {
  /** A process with the function loaded, as a warm execution environment. */
  start(): Promise<FunctionProcess>;
  remove(): Promise<void>;
}

/** The function as it is deployed: the bundle and its settings in a folder, run by a process of its own. */
export async function deployFunction(
  entry: FunctionEntry,
  settings: object,
  environment: Readonly<Record<string, string>>,
): Promise<DeployedFunction> {
  const directory = mkdtempSync(join(tmpdir(), "function-test-"));
  const runtime = join(directory, "runtime.js");
  writeFileSync(join(directory, "index.js"), await bundleFunction(entry));
  writeFileSync(join(directory, settingsFile), JSON.stringify(settings));
  const source = await readFile(join(__dirname, "lambdaRuntime.ts"), "utf8");
  writeFileSync(runtime, (await transform(source, { loader: "ts", format: "cjs" })).code);
  const ready: Promise<FunctionProcess>[] = [];
  const children = new Set<ChildProcess>();

  async function launch(): Promise<FunctionProcess> {
    const child = fork(runtime, {
      cwd: directory,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      env: {
        // As in Lambda, the SDK is the runtime's.
        NODE_PATH: join(__dirname, "..", "..", "..", "node_modules"),
        NODE_NO_WARNINGS: "1",
        AWS_REGION: "eu-west-1",
        AWS_ACCESS_KEY_ID: "test",
        AWS_SECRET_ACCESS_KEY: "test",
        ...environment,
      },
    });
    children.add(child);
    const output: string[] = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk: Buffer) => output.push(chunk.toString()));
    }
    const ended = once(child, "exit").then(() =>
      Promise.reject(new Error(`it did not start: ${output.join("")}`)),
    );
    await Promise.race([once(child, "message"), ended]);
    ended.catch(() => undefined);
    return { ...controls(child), output: () => output.join("") };
  }

  return {
    async start() {
      // The next one loads while this one works.
      const next = ready.shift() ?? launch();
      ready.push(launch());
      return next;
    },
    async remove() {
      await Promise.allSettled(ready);
      for (const child of children) child.kill("SIGKILL");
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function controls(child: ChildProcess): Omit<FunctionProcess, "output"> {
  const exited = once(child, "exit");
  return {
    pid: child.pid ?? 0,
    async invoke(event) {
      const answered = once(child, "message") as Promise<[Answer]>;
      child.send(event);
      const outcome = await Promise.race([answered, exited.then(() => undefined)]);
      if (outcome === undefined) throw new Error("the process was killed");
      const [{ error }] = outcome;
      if (error !== undefined) throw new Error(error);
    },
    async kill() {
      child.kill("SIGKILL");
      await exited;
    },
  };
}
