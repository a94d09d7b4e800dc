import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { ensureMoto } from "../../../support/moto/ensureMoto";
import { organisationRoot } from "../../../support/organisation";
import { repository } from "./plan";
import { cleanEnvironment, type Environment } from "./platform";

export type Step =
  | { readonly expect: string }
  | { readonly send: string }
  /** Sent to what runs in the foreground. */
  | { readonly signal: NodeJS.Signals }
  /** The terminal is closed; the last step. */
  | { readonly hangUp: true };

export interface OnTerminal {
  readonly code: number;
  /** Everything the terminal showed, escapes included. */
  readonly screen: string;
}

/**
 * A shell around its line, in which the command is `"$0" "$@"` and whose exit code is kept in `code`. What is still to be
 * read when the command has ended is what a shell would take for its next commands. The shell itself outlives signals, as
 * an interactive one does.
 */
export const underShell = (line: string) =>
  [
    "trap : INT TERM HUP",
    "before=$(stty -g)",
    line,
    'read -r -t 0.3 rest && echo "LEFT BEHIND"',
    '[ "$before" = "$(stty -g)" ] || echo "TERMINAL LEFT AS IT WAS NOT"',
    "exit $code",
  ].join("\n");

const hideCursor = "\u001b[?25l";
const showCursor = "\u001b[?25h";

interface Surroundings {
  readonly env?: Environment;
  /** The tests' own organisation unless said. */
  readonly cwd?: string;
  /** Script that runs `"$0" "$@"`. */
  readonly shell?: string;
}

/**
 * Runs `platform` on a pseudo-terminal and plays the steps: waits until something is shown, or types.
 * Python's own `pty` does it, from the environment that moto server is in.
 * @throws for a terminal that is not given back as it was: modes and cursor
 */
export async function platformOnTerminal(
  args: readonly string[],
  steps: readonly Step[],
  { env = {}, cwd = organisationRoot, shell = underShell('"$0" "$@"; code=$?') }: Surroundings = {},
): Promise<OnTerminal> {
  const script = {
    argv: ["bash", "-c", shell, process.execPath, join(repository, "cli/platform.js"), ...args],
    env: { ...cleanEnvironment, TERM: "xterm", ...env },
    steps,
    seconds: 240,
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
  if (/TERMINAL LEFT/.test(ran.screen)) throw new Error(`the terminal's modes are changed\n${ran.screen}`);
  const isClosed = steps.some((step) => "hangUp" in step);
  if (!isClosed && ran.screen.lastIndexOf(hideCursor) > ran.screen.lastIndexOf(showCursor)) {
    throw new Error(`the cursor stays hidden\n${ran.screen}`);
  }
  return ran;
}
