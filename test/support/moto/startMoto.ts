import { spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { ensureMoto } from "./ensureMoto";

/** A moto server of the test's own. */
export interface Moto {
  /** URL that serves every AWS API. */
  readonly endpoint: string;
  /**
   * Credentials of a role, which need not exist, in an account of the test's choice; they end with `reset`. Whoever
   * comes with any others is taken for account 123456789012.
   */
  credentials(account: string, role: string): Promise<MotoCredentials>;
  /** Forgets everything it holds. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

export interface MotoCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

const startTimeoutMs = 30_000;

/**
 * Starts moto server on a free local port. Use it in a `before` hook within `provided`; the process ends with the test
 * run at the latest.
 */
export async function startMoto(): Promise<Moto> {
  const python = await ensureMoto();
  const port = await freePort();
  const server = spawn(python, ["-m", "moto.server", "-H", "127.0.0.1", "-p", String(port)], {
    stdio: ["ignore", "ignore", "pipe"],
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
  while (!(await answers(`${endpoint}/moto-api/`))) {
    if (server.exitCode !== null || Date.now() > deadline) {
      await stop();
      throw new Error(`moto server did not start: ${said}`);
    }
    await wait(100);
  }
  return {
    endpoint,
    credentials: (account, role) => assumeRole(endpoint, account, role),
    reset: async () => void (await fetch(`${endpoint}/moto-api/reset`, { method: "POST" })),
    stop,
  };
}

async function assumeRole(endpoint: string, account: string, role: string): Promise<MotoCredentials> {
  const body = new URLSearchParams({
    Action: "AssumeRole",
    Version: "2011-06-15",
    RoleArn: `arn:aws:iam::${account}:role/${role}`,
    RoleSessionName: "test",
  });
  // moto finds the service by the signature's scope and does not verify it.
  const authorization =
    "AWS4-HMAC-SHA256 Credential=test/20300101/us-east-1/sts/aws4_request, SignedHeaders=host, Signature=0";
  const answer = await fetch(endpoint, { method: "POST", body, headers: { authorization } });
  const text = await answer.text();
  const element = (name: string) => new RegExp(`<${name}>([^<]+)</${name}>`).exec(text)?.[1] ?? "";
  return {
    accessKeyId: element("AccessKeyId"),
    secretAccessKey: element("SecretAccessKey"),
    sessionToken: element("SessionToken"),
  };
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
