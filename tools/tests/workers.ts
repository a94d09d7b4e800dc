import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { FileResult } from "./fileRun";
import { repository } from "./importGraph";
import type { Order } from "./worker";

/** How a file went, with what its process printed beside mocha's report. */
export interface FileOutcome extends FileResult {
  readonly file: string;
  readonly said: string;
}

/** Milliseconds a process has to end what it started, before it is ended with all of it. */
const graceMs = 10_000;

/** A process that runs test files, one after another; a new one takes its place where one ends by itself. */
export class Worker {
  #child: ChildProcess | undefined;
  #said = "";

  async run(file: string): Promise<FileOutcome> {
    const child = (this.#child ??= this.#start());
    const answer = messageOf(child);
    send(child, { file });
    const result = (await answer) ?? crashed(await this.#ended(child));
    return { ...result, file, said: this.#takeSaid() };
  }

  /** Lets the tests clear up what they share. Undefined where that went well. */
  async end(): Promise<FileOutcome | undefined> {
    const child = this.#child;
    if (child === undefined) return undefined;
    send(child, { file: undefined });
    const how = await this.#ended(child);
    if (how === "code 0") return undefined;
    return { ...crashed(how), file: "after the last file", said: this.#takeSaid() };
  }

  /** Ends it with all that its tests have started. */
  stop(): void {
    const child = this.#child;
    if (child === undefined) return;
    signalGroup(child, "SIGTERM");
    setTimeout(() => signalGroup(child, "SIGKILL"), graceMs).unref();
  }

  #start(): ChildProcess {
    // A group of its own, so that what tests leave behind can be ended with it.
    const child = fork(join(__dirname, "worker.ts"), {
      cwd: repository,
      detached: process.platform !== "win32",
      env: { ...process.env, ...(process.stdout.isTTY ? { MOCHA_COLORS: "1" } : {}) },
      // Most of what a test allocates is soon gone: with room for it, less time goes into clearing it away.
      execArgv: ["--max-semi-space-size=64", "--require", require.resolve("tsx/cjs")],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text: string) => (this.#said += text));
    return child;
  }

  async #ended(child: ChildProcess): Promise<string> {
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    this.#child = undefined;
    signalGroup(child, "SIGKILL");
    return child.signalCode ?? `code ${child.exitCode}`;
  }

  #takeSaid(): string {
    const said = this.#said;
    this.#said = "";
    return said;
  }
}

/** Undefined where the process ends without. */
function messageOf(child: ChildProcess): Promise<FileResult | undefined> {
  return new Promise((resolve) => {
    const settle = (answer?: unknown) => {
      child.off("message", settle).off("exit", ends);
      resolve(answer as FileResult | undefined);
    };
    const ends = () => settle();
    child.once("message", settle).once("exit", ends);
  });
}

function send(child: ChildProcess, order: Order): void {
  // Where it cannot be sent, the process has ended, which is seen by itself.
  child.send(order, () => undefined);
}

function crashed(how: string): FileResult {
  const failures = `  its process ended with ${how} before the tests did\n`;
  return { passed: 0, failed: 1, skipped: 0, tree: "", failures, leftOut: [], milliseconds: 0 };
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? child.pid : -child.pid, signal);
  } catch {
    // Nothing of it is left.
  }
}
