import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ensureMoto } from "../../../support/moto/ensureMoto";
import { repository } from "./plan";
import { cleanEnvironment, type Environment } from "./platform";

export type Step = { readonly expect: string } | { readonly send: string };

export interface OnTerminal {
  readonly code: number;
  /** Everything the terminal showed, escapes included. */
  readonly screen: string;
}

/** What is still to be read when the command has ended is what a shell would take for its next commands. */
const underShell = '"$0" "$@"; code=$?; read -r -t 0.3 rest && echo "LEFT BEHIND"; exit $code';

/**
 * Runs `platform` on a pseudo-terminal and plays the steps: waits until something is shown, or types.
 * Python's own `pty` does it, from the environment that moto server is in.
 */
export async function platformOnTerminal(
  args: readonly string[],
  steps: readonly Step[],
  env: Environment = {},
  cwd = repository,
): Promise<OnTerminal> {
  const script = {
    argv: ["bash", "-c", underShell, process.execPath, join(repository, "cli/platform.js"), ...args],
    env: { ...cleanEnvironment, TERM: "xterm", ...env },
    steps,
    seconds: 30,
  };
  const python = spawn(await ensureMoto(), [join(__dirname, "terminal.py")], { cwd });
  let output = "";
  let errors = "";
  python.stdout.setEncoding("utf8").on("data", (text: string) => (output += text));
  python.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  python.stdin.end(JSON.stringify(script));
  await once(python, "close");
  if (output === "") throw new Error(`the terminal failed: ${errors}`);
  const { failed, ...ran } = JSON.parse(output) as OnTerminal & { readonly failed: string | null };
  if (failed !== null) throw new Error(`${failed}\n${ran.screen}`);
  return ran;
}
