import { inspect } from "node:util";

/**
 * Errors that leave a program, a policy pack or a plugin reach Pulumi's runner, which inspects them in colour. Node 20
 * and 22 never end on a frame of a file that stands directly below `node_modules` or `node_modules/@scope`, and Pulumi's
 * source maps name such files: `…/node_modules/@pulumi/resource.ts:1598:22`.
 * https://github.com/nodejs/node/issues/64011
 */
const foreign = "node_modules";

/**
 * The same error without frames of packages, in its stack and in those of the errors behind it (`cause`, `errors`), and
 * shown as plain text however it is inspected: name, message and the frames of our own. A stack that was emptied stays
 * empty. What cannot be changed is replaced by an error of the same name and message; what is no error stays as it is.
 */
export function readable<T>(thrown: T): T | Error {
  if (!carriesStack(thrown)) return thrown;
  for (const each of withThoseBehind(thrown)) {
    if (!makeReadable(each)) return replacement(thrown);
  }
  return thrown;
}

/**
 * Makes readable what leaves a process by a promise or a callback that nobody waits for, ahead of whoever listens by
 * then. Listens to nothing that nobody else does, since Node ends a process only where nobody listens.
 */
export function leaveReadable(running: NodeJS.EventEmitter): void {
  for (const event of ["uncaughtException", "unhandledRejection"]) {
    if (running.listenerCount(event) > 0) running.prependListener(event, (error: unknown) => readable(error));
  }
}

/** Errors, and what was thrown in their place with a stack of its own. */
interface Stacked {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly errors?: unknown;
  stack: string;
}

function carriesStack(value: unknown): value is Stacked {
  return typeof value === "object" && value !== null && typeof (value as Partial<Stacked>).stack === "string";
}

/** The error and all behind it, each once. */
function withThoseBehind(error: Stacked): ReadonlySet<Stacked> {
  const found = new Set([error]);
  // A set is walked in order, and what is added meanwhile as well.
  for (const each of found) behind(each).forEach((other) => found.add(other));
  return found;
}

function behind({ cause, errors }: Stacked): Stacked[] {
  return [cause, ...(Array.isArray(errors) ? (errors as readonly unknown[]) : [])].filter(carriesStack);
}

function makeReadable(error: Stacked): boolean {
  try {
    const value = withoutForeignFrames(error.stack);
    Object.defineProperty(error, "stack", { value, enumerable: false, configurable: true, writable: true });
    Object.defineProperty(error, inspect.custom, {
      value: () => [...withThoseBehind(error)].map(text).join("\nbecause of "),
      enumerable: false,
      configurable: true,
    });
    return true;
  } catch {
    return false;
  }
}

function text({ stack, message }: Stacked): string {
  return stack === "" ? String(message) : stack;
}

/** Frozen and sealed errors, and those that guard their stack. */
function replacement(error: Stacked): Error {
  const replaced = new Error(String(error.message));
  replaced.name = String(error.name);
  replaced.stack = withoutForeignFrames(error.stack);
  return replaced;
}

/** Where the message has lines like frames, as some errors that quote others do, these go as well. */
function withoutForeignFrames(stack: string): string {
  const lines = stack.split("\n");
  const first = lines.findIndex((line) => /^\s*at/.test(line));
  if (first === -1) return stack;
  return [...lines.slice(0, first), ...lines.slice(first).filter((line) => !line.includes(foreign))].join(
    "\n",
  );
}
