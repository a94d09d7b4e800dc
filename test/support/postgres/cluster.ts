import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { findBinaries, linkLibraries, type PostgresBinaries } from "./binaries";
import type { Certificate } from "./certificate";
import { unprivilegedUser, type UnixUser } from "./unprivileged";
import type { PostgresVersion } from "./versions";

/** The files of one PostgreSQL server in a temporary folder, and what it takes to run it. */
export interface Cluster {
  readonly directory: string;
  /** Data directory. */
  readonly data: string;
  readonly postgres: string;
  /** Options of `spawn`: working directory, environment and, run by root, another user. */
  readonly run: { readonly cwd: string; readonly env: NodeJS.ProcessEnv } & Partial<UnixUser>;
}

export interface PostgresOptions {
  /** The server offers TLS when given. */
  readonly tls?: Certificate;
  /** Major version; absent: whichever is at hand. */
  readonly version?: PostgresVersion;
}

/**
 * Runs initdb: superuser `postgres`, passwords by SCRAM for every connection.
 * @throws MissingTool when this machine has no PostgreSQL
 */
export async function createCluster(
  superuserPassword: string,
  { tls, version }: PostgresOptions,
): Promise<Cluster> {
  const binaries = await findBinaries(version);
  const user = unprivilegedUser();
  const directory = mkdtempSync(join(tmpdir(), "postgres-test-"));
  try {
    return initialise(directory, { binaries, user, superuserPassword, tls });
  } catch (error) {
    rmSync(directory, { recursive: true, force: true });
    throw error;
  }
}

interface ClusterSettings {
  readonly binaries: PostgresBinaries;
  readonly user: UnixUser | undefined;
  readonly superuserPassword: string;
  readonly tls: Certificate | undefined;
}

function initialise(directory: string, { binaries, user, superuserPassword, tls }: ClusterSettings): Cluster {
  const own = (path: string) => user !== undefined && chownSync(path, user.uid, user.gid);
  const write = (path: string, text: string) => {
    writeFileSync(path, text, { mode: 0o600 });
    own(path);
  };
  own(directory);
  const { initdb, postgres, environment } = runnable(binaries, directory, user);
  const data = join(directory, "data");
  const run = { cwd: directory, env: { ...process.env, ...environment }, ...user };
  const passwordFile = join(directory, "superuser");
  write(passwordFile, superuserPassword);
  const login = ["-U", "postgres", "--auth=scram-sha-256", `--pwfile=${passwordFile}`];
  succeed(
    spawnSync(initdb, ["-D", data, ...login, "--no-sync", "-E", "UTF8", "--no-locale"], {
      ...run,
      encoding: "utf8",
    }),
  );
  if (tls !== undefined) {
    write(join(data, "server.crt"), tls.certificate);
    write(join(data, "server.key"), tls.key);
  }
  return { directory, data, postgres, run };
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
  return { initdb, postgres, environment: { [variable]: [links, libraries].join(delimiter) } };
}

function succeed({ status, error, stderr }: SpawnSyncReturns<string>): void {
  if (status !== 0) throw new Error(`initdb failed: ${error?.message ?? stderr}`);
}
