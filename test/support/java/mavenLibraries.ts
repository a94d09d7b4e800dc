import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { withLock } from "../../engine/support/lock";
import { MissingTool } from "../missingTool";

const run = promisify(execFile);
const tools = resolve(__dirname, "../../../.tools");

export interface MavenLibraries {
  /** For messages. */
  readonly what: string;
  /** Folder of the libraries in `.tools`. */
  readonly folder: string;
  /** File that pins every version. */
  readonly pom: string;
}

/**
 * The class path of Java libraries, fetched into `.tools` at first use.
 * @throws MissingTool saying what to install
 */
export async function mavenLibraries({ what, folder, pom }: MavenLibraries): Promise<string> {
  const libraries = join(tools, folder);
  const installed = join(libraries, "pom.sha256");
  const wanted = createHash("sha256").update(readFileSync(pom)).digest("hex");
  const isInstalled = () => existsSync(installed) && readFileSync(installed, "utf8") === wanted;
  if (!isInstalled()) {
    await withLock(join(tools, `${folder}.lock`), async () => {
      if (isInstalled()) return;
      rmSync(libraries, { recursive: true, force: true });
      await install(what, libraries, pom);
      writeFileSync(installed, wanted);
    });
  }
  return join(libraries, "*");
}

async function install(what: string, libraries: string, pom: string): Promise<void> {
  try {
    await run("javac", ["-version"]);
    await run("mvn", [
      "-q",
      "-B",
      "-f",
      pom,
      "dependency:copy-dependencies",
      `-DoutputDirectory=${libraries}`,
    ]);
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: string; stderr?: string };
    const said = `${stdout ?? ""}${stderr ?? ""}`.trim().split("\n")[0] ?? "";
    throw new MissingTool(
      `${what} could not be had for the tests: ${said === "" ? String(error) : said}; ` +
        "it takes a Java 17 development kit, Maven, and Maven Central or a mirror that Maven is configured for",
    );
  }
}
