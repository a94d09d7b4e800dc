import { transform } from "esbuild";
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repositoryRoot } from "../places";
import type { Cloud } from "../standIn/cloud/cloud";
import type { Properties } from "../standIn/properties";

/** A function as the stack deployed it, in a process of its own as a warm execution environment. */
export interface RunningFunction {
  /** @throws what the function threw */
  invoke(event: object): Promise<void>;
  /** Its log so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts the function of an ARN with the code that the program gave to `aws:lambda/function:Function`. */
export async function startDeployed(
  cloud: Cloud,
  arn: string,
  environment: NodeJS.ProcessEnv,
): Promise<RunningFunction> {
  const folder = await mkdtemp(join(tmpdir(), "deployed-function-"));
  for (const [file, code] of Object.entries(codeOf(cloud, arn))) await writeFile(join(folder, file), code);
  const source = await readFile(join(repositoryRoot, "test/functions/support/lambdaRuntime.ts"), "utf8");
  const runtime = join(folder, "runtime.js");
  await writeFile(runtime, (await transform(source, { loader: "ts", format: "cjs" })).code);
  const child = fork(runtime, {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH: process.env["PATH"],
      // As in Lambda, the SDK is the runtime's.
      NODE_PATH: join(repositoryRoot, "node_modules"),
      NODE_NO_WARNINGS: "1",
      AWS_REGION: arn.split(":")[3],
      AWS_LAMBDA_FUNCTION_NAME: arn.split(":")[6],
      FUNCTION_ARN: arn,
      ...environment,
    },
  });
  const log: string[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => log.push(chunk.toString()));
  }
  const ended = once(child, "exit").then(() => Promise.reject(new Error(`${arn} ended: ${log.join("")}`)));
  ended.catch(() => undefined);
  await Promise.race([once(child, "message"), ended]);
  return {
    invoke: async (event) => {
      const answered = once(child, "message") as Promise<[{ error?: string }]>;
      child.send(event);
      const [{ error }] = await Promise.race([answered, ended]);
      if (error !== undefined) throw new Error(error);
    },
    log: () => log.join(""),
    stop: () => stop(child, folder),
  };
}

async function stop(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  }
  await rm(folder, { recursive: true, force: true });
}

/** Texts of the files in the archive, by name. */
function codeOf(cloud: Cloud, arn: string): Record<string, string> {
  const found = cloud
    .list({ type: "aws:lambda/function:Function" })
    .find(({ outputs }) => outputs["arn"] === arn);
  const code = found?.inputs["code"] as { assets?: Record<string, Properties> } | undefined;
  if (code?.assets === undefined) throw new Error(`no stack has deployed ${arn}`);
  return Object.fromEntries(Object.entries(code.assets).map(([file, { text }]) => [file, String(text)]));
}
