import { realpathSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { findOnPath, isExecutable } from "./executables";
import { run } from "./processes";

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

/**
 * Flags that previews and updates need with a language host. The real one asks for the providers that the program
 * uses, which the engine would look for on disk before it attaches to ours.
 */
export async function flagsFor(host: "real" | "stand-in", cli: string): Promise<string[]> {
  if (host === "stand-in") return [];
  const flag = "--skip-plugin-pre-install";
  const help = await run(cli, ["up", "--help"], { timeoutMs: 60_000 });
  return `${help.stdout}${help.stderr}`.includes(flag) ? [flag] : [];
}

function quote(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
