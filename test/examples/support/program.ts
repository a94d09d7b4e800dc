import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { get } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

export const examples = join(__dirname, "../../../examples/typescript");

/** An example that runs in a process of its own. */
export interface Program {
  readonly child: ChildProcess;
  /** Its exit code and everything that it wrote. */
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>;
  /** Everything so far. */
  readonly output: () => string;
  /** Waits until it has written a text, so many times. */
  readonly printed: (text: string, times?: number) => Promise<void>;
}

const running = new Set<ChildProcess>();

/** Only what is given is in its environment. Node.js here may be older than what runs TypeScript by itself. */
export function start(file: string, environment: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, ["--import", "tsx", join(examples, file)], {
    cwd: join(__dirname, "../../.."),
    env: {
      PATH: process.env["PATH"] ?? "",
      // Nothing of this machine's own: neither profiles nor an instance's role.
      HOME: "/nonexistent",
      AWS_EC2_METADATA_DISABLED: "true",
      ...environment,
    },
  });
  running.add(child);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (data: Buffer) => (output += data.toString()));
  const ended = once(child, "close").then(([code]) => ({ code: code as number | null, output }));
  const printed = async (text: string, times = 1) => {
    const isWritten = () => output.split(text).length > times;
    for (let tries = 0; !isWritten() && tries < 2_400 && child.exitCode === null; tries++) await wait(25);
    assert(isWritten(), `"${text}" was not printed ${times} times:\n${output}`);
  };
  return { child, ended, output: () => output, printed };
}

/** For an `afterEach` hook. */
export async function stopPrograms(): Promise<void> {
  for (const child of running) {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, "close");
      child.kill("SIGKILL");
      await ended;
    }
  }
  running.clear();
}

/** A port nobody listens on. */
export async function freePort(): Promise<string> {
  const server = createServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return String(port);
}

/** What an example that serves answers. */
export function status(
  port: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    get(`http://127.0.0.1:${port}/`, { headers, agent: false }, (response) =>
      resolve(response.resume().statusCode),
    ).on("error", reject);
  });
}
