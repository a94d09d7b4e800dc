import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client, type ClientConfig, type QueryResultRow } from "pg";
import { createCluster, type Cluster, type PostgresOptions } from "./cluster";

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** Runs one statement as the superuser `postgres`, by default in the database of that name. */
  query<Row extends QueryResultRow>(text: string, parameters?: unknown[], database?: string): Promise<Row[]>;
  /** Everything the server has logged: every statement it was sent. */
  serverLog(): string;
  /** Ends the server at once, as a crash would. */
  stop(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

interface Options extends PostgresOptions {
  /** Further settings of the server. */
  readonly settings?: Readonly<Record<string, string>>;
}

const host = "127.0.0.1";

/**
 * A PostgreSQL of the test's own on a free local port, with SCRAM passwords, in a temporary folder. Use it in a
 * `before` hook within `provided`; the process ends with the test run at the latest.
 */
export async function startPostgres({ settings = {}, ...options }: Options = {}): Promise<PostgresServer> {
  const password = randomBytes(12).toString("hex");
  const cluster = await createCluster(password, options);
  const port = await freePort();
  const log = join(cluster.directory, "log");
  writeFileSync(log, "");
  const superuser: ClientConfig = { host, port, user: "postgres", password };
  let running: ChildProcess | undefined;
  const abandon = () => running?.kill("SIGQUIT");
  process.once("exit", abandon);

  const server: PostgresServer = {
    host,
    port,
    async query<Row extends QueryResultRow>(text: string, parameters: unknown[] = [], database = "postgres") {
      const client = new Client({ ...superuser, database });
      client.on("error", () => undefined);
      await client.connect();
      try {
        return (await client.query<Row>(text, parameters)).rows;
      } finally {
        await client.end();
      }
    },
    serverLog: () => readFileSync(log, "utf8"),
    async start() {
      const ssl = options.tls === undefined ? "off" : "on";
      running = launch(cluster, port, { ssl, ...settings }, log);
      await untilReady(server, running);
    },
    async stop() {
      if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
      const exited = once(running, "exit");
      // Immediate shutdown.
      running.kill("SIGQUIT");
      await exited;
    },
    async remove() {
      await server.stop();
      process.removeListener("exit", abandon);
      rmSync(cluster.directory, { recursive: true, force: true });
    },
  };
  try {
    await server.start();
    return server;
  } catch (error) {
    await server.remove();
    throw error;
  }
}

function launch(
  { postgres, data, run }: Cluster,
  port: number,
  further: Readonly<Record<string, string>>,
  log: string,
): ChildProcess {
  const settings = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: "",
    fsync: "off",
    log_statement: "all",
    max_connections: "40",
    shared_buffers: "8MB",
    ...further,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const child = spawn(postgres, ["-D", data, ...flags], { ...run, stdio: ["ignore", "ignore", "pipe"] });
  child.stderr.on("data", (chunk: Buffer) => writeFileSync(log, chunk, { flag: "a" }));
  return child;
}

async function untilReady(server: PostgresServer, child: ChildProcess): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await server.query("SELECT 1");
      return;
    } catch (error) {
      if (child.exitCode !== null || attempt > 400) {
        throw new Error(`PostgreSQL did not start: ${server.serverLog()}`, { cause: error });
      }
      await delay(25);
    }
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
