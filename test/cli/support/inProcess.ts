import { join, sep } from "node:path";
import type * as main from "../../../cli/main";
import { inPlaceOf } from "./inPlaceOf";

/** What the command did within this process. */
export interface RanHere {
  readonly code: unknown;
  readonly stdout: string;
  readonly stderr: string;
  /** What the process would have ended with, had nothing been left to wait for. */
  readonly codeMeanwhile: unknown;
  /** What it listens to from its beginning, as `stdout error`; taken away again. */
  readonly listensTo: readonly string[];
}

/**
 * Runs `platform`, loaded anew, without a process of its own.
 * @throws what the command leaves to Node to print
 */
export function platformHere(args: readonly string[], cwd: string): Promise<RanHere> {
  return withCommandLoadedAnew(async (listensTo) => {
    const { argv } = process;
    const folder = process.cwd();
    process.argv = [process.execPath, "platform", ...args];
    process.chdir(cwd);
    const written = capture();
    try {
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- `import` loads nothing twice
      const { ended } = require("../../../cli/main") as typeof main;
      const atBeginning = { codeMeanwhile: process.exitCode, listensTo: listensTo() };
      await ended;
      return { code: process.exitCode, ...written.texts, ...atBeginning };
    } finally {
      written.end();
      process.chdir(folder);
      process.argv = argv;
    }
  });
}

/**
 * Meanwhile each file of `cli/` is loaded anew by the next `require`, with a state of its own. Hands on what tells to
 * which events the command listens since; takes both away at the end, and keeps the exit code of this process.
 */
export async function withCommandLoadedAnew<T>(
  work: (listensTo: () => readonly string[]) => Promise<T>,
): Promise<T> {
  const { exitCode } = process;
  const known = takeCommand();
  const before = new Set(listened().map(({ listener }) => listener));
  const added = () => listened().filter(({ listener }) => !before.has(listener));
  try {
    return await work(() => added().map(({ of, event }) => `${of} ${event}`));
  } finally {
    for (const { emitter, event, listener } of added()) emitter.removeListener(event, listener);
    takeCommand();
    Object.assign(require.cache, known);
    process.exitCode = exitCode;
  }
}

/** Keeps what is written to the output and the error stream, until `end`. */
export function capture() {
  const texts = { stdout: "", stderr: "" };
  const putBack = (["stdout", "stderr"] as const).map((stream) =>
    inPlaceOf(process[stream], "write", (text: string | Uint8Array) => {
      texts[stream] += String(text);
      return true;
    }),
  );
  return { texts, end: () => putBack.forEach((put) => put()) };
}

const folder = join(__dirname, "../../../cli");

/** Takes the command's modules out of what is loaded. */
function takeCommand(): NodeJS.Dict<NodeModule> {
  const taken = Object.entries(require.cache).filter(([path]) => path.startsWith(folder + sep));
  for (const [path] of taken) delete require.cache[path];
  return Object.fromEntries(taken);
}

function listened() {
  const { stdout, stderr } = process;
  const emitters: readonly (readonly [string, NodeJS.EventEmitter, readonly string[]])[] = [
    ["process", process, ["SIGINT", "SIGTERM", "SIGHUP", "exit"]],
    ["stdout", stdout, ["error"]],
    ["stderr", stderr, ["error"]],
  ];
  return emitters.flatMap(([of, emitter, events]) =>
    events.flatMap((event) =>
      emitter.listeners(event).map((listener) => ({ of, emitter, event, listener: listener as () => void })),
    ),
  );
}
