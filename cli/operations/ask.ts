import { PassThrough } from "node:stream";
import { interruptible } from "../interrupt";
import { OperationError } from "./operationError";

/** What a prompt of @clack/prompts is given. */
export interface Asking {
  readonly input: PassThrough;
  readonly output: NodeJS.WriteStream;
  readonly withGuide: false;
  readonly signal: AbortSignal;
}

export interface Key {
  readonly name?: string | undefined;
  readonly ctrl?: boolean | undefined;
}

/**
 * Asks by one prompt at the terminal, and gives the terminal back as it was, whatever comes. The prompt reads from a stream
 * of its own: it knows an interrupt, but at the end of input (Ctrl-D, a terminal that is closed) it would wait for ever.
 * Questions go to the error stream, so that the output stays clean.
 * @throws OperationError when the question is broken off: by Ctrl-C, Escape, the end of input or a signal
 */
export async function ask<Answer>(
  prompt: (asking: Asking) => Promise<Answer>,
  { input = new PassThrough(), arrived = () => {}, settled = () => Promise.resolve() }: AskOptions = {},
): Promise<Exclude<Answer, symbol>> {
  const { isCancel } = await import("@clack/prompts");
  const { stdin } = process;
  const end = new AbortController();
  const onEnd = () => end.abort();
  const onData = (chunk: Buffer) => {
    arrived();
    input.write(chunk);
  };
  input.on("keypress", (_character: string | undefined, { ctrl, name }: Key) => {
    if (ctrl === true && name === "d") onEnd();
  });
  if (stdin.readableEnded || stdin.destroyed) onEnd();
  return interruptible(async (interrupted) => {
    stdin.on("end", onEnd).on("error", onEnd).on("data", onData).setRawMode(true).resume();
    try {
      const signal = AbortSignal.any([interrupted, end.signal]);
      const answer = await prompt({ input, output: process.stderr, withGuide: false, signal });
      await settled();
      if (!isCancel(answer)) return answer as Exclude<Answer, symbol>;
    } finally {
      stdin.removeListener("data", onData).pause().setRawMode(false);
      stdin.removeListener("end", onEnd).removeListener("error", onEnd);
    }
    throw new OperationError("broken off; nothing was written");
  });
}

interface AskOptions {
  /** Stream that what is typed goes through. @default one of its own */
  readonly input?: PassThrough;
  /** Told of each piece of input before the prompt gets it. */
  readonly arrived?: () => void;
  /** What to wait for behind the answer, while nothing typed is shown yet. */
  readonly settled?: () => Promise<void>;
}
