import { progressLine } from "./check/progressLine";
import { endingWords } from "./interrupted";

/**
 * What a terminal, its end, or another process asks a command with to stop, each with the exit code that shells give to
 * what it ends: 128 and its number.
 * https://www.gnu.org/software/bash/manual/html_node/Exit-Status.html
 */
const signals = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;
type Asked = keyof typeof signals;

/**
 * Milliseconds in which a further signal is the same one: the terminal tells every process of the command line, and npx
 * and `timeout` pass on what they were told.
 */
const sameMs = 1_000;

const stop = new AbortController();
const scopes = new Set<AbortController>();
const underWay = new Set<string>();
const done: string[] = [];
let advice: string | undefined;
let asked: { readonly signal: Asked; readonly at: number } | undefined;
let tell = (words: string): void => {
  process.stderr.write(`error: ${words}\n`);
};

/**
 * Answers signals for the rest of the process. Work that ends by itself is asked to (`interruptible`), a change that is
 * under way gets its answer first (`changing`), and anything else ends at once. Asked once more after a second, the process
 * ends whatever it does. Each time it says what was done and what was not.
 */
export function answerSignals(): void {
  for (const signal of Object.keys(signals) as Asked[]) process.on(signal, onSignal);
}

function onSignal(signal: Asked): void {
  const now = Date.now();
  asked ??= { signal, at: now };
  scopes.forEach((scope) => scope.abort());
  stop.abort();
  const isAgain = now - asked.at >= sameMs;
  if (isAgain || (scopes.size === 0 && underWay.size === 0)) end(signal);
  if (scopes.size > 0) return;
  progressLine().clear();
  process.stderr.write(`waiting for the answer to ${[...underWay].join(", ")}; once more ends at once\n`);
}

/** Ends the process where it was asked to stop: at a point where nothing is under way. */
export function endIfAsked(): void {
  if (asked !== undefined && scopes.size === 0) end(asked.signal);
}

/** Aborted once the process is asked to stop. */
export const stopped: AbortSignal = stop.signal;

/** Exit code of a command that came to its end: none that means success where it was asked to stop. */
export function codeAtEnd(code: number): number {
  return asked !== undefined && code === 0 ? signals[asked.signal] : code;
}

function end(signal: Asked): never {
  progressLine().clear();
  tell(endingWords({ underWay: [...underWay], done, advice }));
  process.exit(signals[signal]);
}

/** How the end is told; on the error stream unless a command prints otherwise. */
export function tellEnd(how: (words: string) => void): void {
  tell = how;
}

/** Runs work that ends by itself when it is asked to stop: the first signal aborts `interrupted`. */
export async function interruptible<T>(work: (interrupted: AbortSignal) => Promise<T>): Promise<T> {
  const scope = new AbortController();
  if (asked !== undefined) scope.abort();
  scopes.add(scope);
  try {
    return await work(scope.signal);
  } finally {
    scopes.delete(scope);
  }
}

/**
 * Makes a change that is answered before the process ends.
 * @param what for whoever interrupts it: `secretsmanager:PutSecretValue on orders/prod/database`
 */
export async function changing<T>(what: string, change: () => Promise<T>): Promise<T> {
  underWay.add(what);
  try {
    const answer = await change();
    done.push(what);
    return answer;
  } finally {
    underWay.delete(what);
  }
}

/**
 * Notes a change that was made at once.
 * @param next what to do where the command is ended behind it
 */
export function changed(what: string, next: string): void {
  if (!done.includes(what)) done.push(what);
  advice = next;
}
