import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

export interface ServerProgram {
  /** For messages. */
  readonly what: string;
  readonly command: string;
  readonly args: (port: number) => readonly string[];
  readonly env?: (port: number) => Readonly<Record<string, string>>;
  /** Path that answers once it serves. */
  readonly ready: string;
}

export interface RunningServer {
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}

const startTimeoutMs = 240_000;

/** Starts a server on a free local port; the process ends with the test run at the latest. */
export async function startServer(program: ServerProgram): Promise<RunningServer> {
  const port = await freePort();
  const server = spawn(program.command, program.args(port), {
    stdio: ["ignore", "ignore", "pipe"],
    env: { ...process.env, ...program.env?.(port) },
  });
  let said = "";
  server.stderr.setEncoding("utf8").on("data", (text: string) => (said = (said + text).slice(-4000)));
  const kill = () => server.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async () => {
    process.removeListener("exit", kill);
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill("SIGKILL");
    await once(server, "exit");
  };
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = Date.now() + startTimeoutMs;
  while (!(await answers(`${endpoint}${program.ready}`))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`${program.what} did not start: ${said}`);
    }
    await wait(100);
  }
  return { endpoint, stop };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  );
}
