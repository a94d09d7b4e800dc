import { realpathSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { findOnPath, isExecutable } from "./executables";

/** The name under which the engine looks for the program that runs Node.js programs. */
const name = "pulumi-language-nodejs";

/**
 * Which language host the engine will find: the real one, on PATH or beside the CLI, or else the stand-in of this
 * folder, which is then put among the installed plugins of `home`.
 */
export async function ensureLanguageHost(cli: string, home: string): Promise<"real" | "stand-in"> {
  if (findOnPath(name) !== undefined || isExecutable(join(dirname(realpathSync(cli)), name))) return "real";
  // An installed plugin rather than one on PATH: of those the engine warns in every run.
  const folder = join(home, "plugins", "language-nodejs-v1.0.0");
  await mkdir(folder, { recursive: true });
  const words = [
    process.execPath,
    "--require",
    require.resolve("tsx/cjs"),
    resolve(__dirname, "languageHostProcess.ts"),
  ];
  const launcher = `#!/bin/sh\nexec ${words.map(quote).join(" ")} "$@"\n`;
  await writeFile(join(folder, name), launcher, { mode: 0o755 });
  return "stand-in";
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
