import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { OperationError } from "./operationError";

interface Key {
  readonly name?: string | undefined;
}

/**
 * Asks twice for a value without showing it or how long it is.
 * @throws OperationError when the two differ, when the question is broken off, and for several lines or tabs, which a
 * prompt cannot pass on whole
 */
export async function askHidden(what: string): Promise<string> {
  const first = await askOnce(`${what} (not shown)`);
  const second = await askOnce("Once more");
  if (first !== second) throw new OperationError("the two entries differ; nothing was written");
  return first;
}

/**
 * The terminal shows nothing typed from before the question until it is quiet behind the answer: the rest of a pasted
 * text would be shown otherwise, and run and recorded by the shell. So the prompt gets a stream of its own, whose end
 * does not give the terminal back.
 */
async function askOnce(message: string): Promise<string> {
  const { password, isCancel } = await import("@clack/prompts");
  const { stdin } = process;
  const input = new PassThrough();
  const typed = watchKeys(input);
  const onData = (chunk: Buffer) => {
    typed.arrived();
    input.write(chunk);
  };
  stdin.setRawMode(true).on("data", onData).resume();
  try {
    const answer = await password({ message, mask: "", input, output: process.stderr, withGuide: false });
    await typed.quiet();
    if (isCancel(answer)) throw new OperationError("broken off; nothing was written");
    if (!typed.isMangled()) return answer;
  } finally {
    stdin.removeListener("data", onData).pause().setRawMode(false);
  }
  throw new OperationError(
    "several lines or a tab came in, which a prompt cannot take; nothing was written; " +
      "give such a value by standard input: platform set ITEM < FILE",
  );
}

/** Milliseconds without input after which an answer stands, and after which a pasted text has ended. */
const answerGapMs = 60;
const pasteGapMs = 500;

/** A pasted text goes on behind its first line end, which the prompt takes for the end of the answer. */
function watchKeys(input: PassThrough) {
  let chunks = 0;
  let chunksOfAnswer: number | undefined;
  let isMangled = false;
  input.on("keypress", (_character: string | undefined, { name }: Key) => {
    if (chunksOfAnswer !== undefined || name === "tab") isMangled = true;
    if (name === "return" || name === "enter") chunksOfAnswer ??= chunks;
  });
  return {
    arrived() {
      chunks += 1;
      if (chunksOfAnswer !== undefined && chunks > chunksOfAnswer) isMangled = true;
    },
    isMangled: () => isMangled,
    async quiet() {
      for (let seen = -1; seen !== chunks;) {
        seen = chunks;
        await wait(isMangled ? pasteGapMs : answerGapMs);
      }
    },
  };
}
