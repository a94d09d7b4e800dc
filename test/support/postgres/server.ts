import { spawn, spawnSync, type ChildProcess, type SpawnSyncReturns } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { Client, type ClientConfig, type QueryResultRow } from "pg";
import { findBinaries, linkLibraries, type PostgresBinaries } from "./binaries";
import { unprivilegedUser, type UnixUser } from "./unprivileged";

export interface PostgresServer {
  readonly host: string;
  readonly port: number;
  /** Superuser `postgres`. */
  readonly superuserPassword: string;
  /** Runs one statement as the superuser, by default in the database `postgres`. */
  query<Row extends QueryResultRow>(text: string, parameters?: unknown[], database?: string): Promise<Row[]>;
  /** Everything the server has logged: with `log_statement = all`, every statement it was sent. */
  serverLog(): string;
  /** Ends the server at once, as a crash would. */
  stop(): Promise<void>;
  /** Starts it again on the same port and data. */
  start(): Promise<void>;
  /** Ends it and removes its data. */
  remove(): Promise<void>;
}

export interface PostgresOptions {
  /** PEM; the server offers TLS when given. */
  readonly tls?: { readonly certificate: string; readonly key: string };
}

/** A PostgreSQL of its own on a free port of 127.0.0.1, with SCRAM passwords, in a temporary folder. */
export async function startPostgres({ tls }: PostgresOptions = {}): Promise<PostgresServer> {
  const user = unprivilegedUser();
  const directory = mkdtempSync(join(tmpdir(), "postgres-test-"));
  const own = (path: string) => user !== undefined && chownSync(path, user.uid, user.gid);
  own(directory);
  const { initdb, postgres, environment } = runnable(findBinaries(), directory, user);
  const data = join(directory, "data");
  const log = join(directory, "log");
  writeFileSync(log, "");
  const superuserPassword = randomBytes(12).toString("hex");
  const passwordFile = join(directory, "superuser");
  writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
  own(passwordFile);
  const spawnOptions = { cwd: directory, env: { ...process.env, ...environment }, ...user };
  succeed(
    spawnSync(
      initdb,
      [
        "-D",
        data,
        "-U",
        "postgres",
        "--auth=scram-sha-256",
        `--pwfile=${passwordFile}`,
        "--no-sync",
        "-E",
        "UTF8",
      ],
      { ...spawnOptions, encoding: "utf8" },
    ),
  );
  if (tls !== undefined) {
    for (const [name, text] of [
      ["server.crt", tls.certificate],
      ["server.key", tls.key],
    ] as const) {
      writeFileSync(join(data, name), text, { mode: 0o600 });
      own(join(data, name));
    }
  }
  const host = "127.0.0.1";
  const port = await freePort(host);
  const settings = {
    listen_addresses: host,
    port: String(port),
    unix_socket_directories: "",
    fsync: "off",
    log_statement: "all",
    max_connections: "40",
    shared_buffers: "8MB",
    ssl: tls === undefined ? "off" : "on",
  };
  const connection: ClientConfig = { host, port, user: "postgres", password: superuserPassword };
  let running: ChildProcess | undefined;
  // An aborted test run leaves no server behind.
  const abandon = () => running?.kill("SIGQUIT");
  process.once("exit", abandon);

  const server: PostgresServer = {
    host,
    port,
    superuserPassword,
    async query<Row extends QueryResultRow>(text: string, parameters: unknown[] = [], database = "postgres") {
      const client = new Client({ ...connection, database });
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
      const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
      const child = spawn(postgres, ["-D", data, ...flags], {
        ...spawnOptions,
        stdio: ["ignore", "ignore", "pipe"],
      });
      running = child;
      child.stderr.on("data", (chunk: Buffer) => writeFileSync(log, chunk, { flag: "a" }));
      for (let attempt = 0; ; attempt++) {
        try {
          await server.query("SELECT 1");
          return;
        } catch (error) {
          if (child.exitCode !== null || attempt > 200)
            throw new Error(`PostgreSQL: ${readFileSync(log, "utf8")}`, { cause: error });
          await delay(25);
        }
      }
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
      rmSync(directory, { recursive: true, force: true });
    },
  };
  try {
    await server.start();
  } catch (error) {
    await server.remove();
    throw error;
  }
  return server;
}

interface Runnable {
  readonly initdb: string;
  readonly postgres: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Makes libraries findable, and copies the package where the other user may read it, if its own place is closed. */
function runnable(binaries: PostgresBinaries, directory: string, user: UnixUser | undefined): Runnable {
  if (binaries.libraries === undefined) return { ...binaries, environment: {} };
  let { initdb, postgres, libraries } = binaries;
  const isClosed =
    user !== undefined && spawnSync(postgres, ["--version"], { ...user, cwd: "/" }).error !== undefined;
  if (isClosed) {
    const copy = join(directory, "postgresql");
    mkdirSync(copy);
    cpSync(dirname(libraries), copy, { recursive: true });
    chmodSync(copy, 0o755);
    initdb = join(copy, "bin", "initdb");
    postgres = join(copy, "bin", "postgres");
    libraries = join(copy, "lib");
  }
  const links = join(directory, "lib");
  linkLibraries(libraries, links);
  const variable = process.platform === "darwin" ? "DYLD_LIBRARY_PATH" : "LD_LIBRARY_PATH";
  return { initdb, postgres, environment: { [variable]: links } };
}

function succeed({ status, error, stderr }: SpawnSyncReturns<string>): void {
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`);
}

async function freePort(host: string): Promise<number> {
  const probe = createServer().listen(0, host);
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
