import { isatty } from "node:tty";

const standardStreams = [0, 1, 2];

/**
 * Ends the process by SIGHUP where its terminal was closed meanwhile, as what does not catch that signal ends. Node.js
 * gives the terminal back at its end, and would abort over one that is gone: with a core file, in which a value may be.
 * https://github.com/nodejs/node/blob/v22.x/src/node.cc (ResetStdio)
 */
export function endWithTerminal(): void {
  const terminals = standardStreams.filter((stream) => isatty(stream));
  process.once("exit", () => {
    if (terminals.every((stream) => isatty(stream))) return;
    process.removeAllListeners("SIGHUP");
    process.kill(process.pid, "SIGHUP");
  });
}
