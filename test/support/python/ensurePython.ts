import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { withLock } from "../../engine/support/lock";
import { MissingTool } from "../missingTool";

const run = promisify(execFile);
const tools = resolve(__dirname, "../../../.tools");

export interface PythonTool {
  /** For messages. */
  readonly what: string;
  /** Folder of its virtual environment in `.tools`. */
  readonly folder: string;
  /** Files that pin every version. */
  readonly requirements: readonly string[];
}

/**
 * The Python that has a tool, installed into `.tools` at first use.
 * @throws MissingTool saying what to install or where to look
 */
export async function ensurePython({ what, folder, requirements }: PythonTool): Promise<string> {
  const environment = join(tools, folder);
  const installed = join(environment, "requirements.sha256");
  const wanted = createHash("sha256")
    .update(Buffer.concat(requirements.map((file) => readFileSync(file))))
    .digest("hex");
  const isInstalled = () => existsSync(installed) && readFileSync(installed, "utf8") === wanted;
  if (!isInstalled()) {
    await withLock(join(tools, `${folder}.lock`), async () => {
      if (isInstalled()) return;
      await install(what, environment, requirements);
      writeFileSync(installed, wanted);
    });
  }
  return pythonOf(environment);
}

async function install(what: string, environment: string, requirements: readonly string[]): Promise<void> {
  rmSync(environment, { recursive: true, force: true });
  try {
    await run(await systemPython(), ["-m", "venv", environment]);
    await run(pythonOf(environment), [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"],
      ...requirements.flatMap((file) => ["-r", file]),
    ]);
  } catch (error) {
    if (error instanceof MissingTool) throw error;
    const { stderr } = error as { stderr?: string };
    throw new MissingTool(
      `${what} could not be installed for the tests: ${(stderr ?? String(error)).trim().split("\n").at(-1)}; ` +
        "it takes Python 3.11 or later with venv, and PyPI or a mirror that pip is configured for",
    );
  }
}

async function systemPython(): Promise<string> {
  for (const name of ["python3", "python"]) {
    try {
      await run(name, ["-c", "import sys; sys.exit(sys.version_info < (3, 11))"]);
      return name;
    } catch {
      // The next name.
    }
  }
  throw new MissingTool(
    "no Python 3.11 or later on PATH, which emulators and examples of the tests take; install one",
  );
}

function pythonOf(folder: string): string {
  return process.platform === "win32" ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python");
}
