import { spawn, type ChildProcess } from "node:child_process";

/** How a command ended, with everything it printed. */
export interface ProcessResult {
  /** Undefined if the command was ended by a signal. */
  exitCode: number | undefined;
  stdout: string;
  stderr: string;
  timedOut: boolean;
}

export interface ProcessOptions {
  cwd?: string;
  env?: NodeJS.ProcessEnv;
  /** Milliseconds after which the command is interrupted, then killed. */
  timeoutMs?: number;
}

/** Milliseconds an interrupted command has to end by itself: the engine writes its state on the way out. */
const graceMs = 10_000;

const running = new Set<ChildProcess>();
process.once("exit", () => running.forEach((child) => signalGroup(child, "SIGKILL")));

/**
 * Runs a command to its end and returns what it printed. A non-zero exit is a result, not an error.
 * @throws the system's error (`code: "ENOENT"`) if the command does not exist
 */
export async function run(
  command: string,
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<ProcessResult> {
  // A process group of its own, so that a timeout ends the command with the children it started and nothing else.
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  running.add(child);
  const output = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (output.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (output.stderr += text));

  let timedOut = false;
  const timers: NodeJS.Timeout[] = [];
  if (options.timeoutMs !== undefined) {
    timers.push(
      setTimeout(() => {
        timedOut = true;
        signalGroup(child, "SIGINT");
        timers.push(setTimeout(() => signalGroup(child, "SIGKILL"), graceMs));
      }, options.timeoutMs),
    );
  }
  try {
    const exitCode = await new Promise<number | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", resolve);
    });
    return { exitCode: exitCode ?? undefined, ...output, timedOut };
  } finally {
    timers.forEach(clearTimeout);
    running.delete(child);
  }
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // Already gone.
  }
}
