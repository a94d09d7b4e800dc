import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { ask, type Key } from "./ask";
import { OperationError } from "./operationError";

/** Times that a value may be given twice until both are the same. */
const tries = 3;

/**
 * Asks twice for a value without showing it or how long it is, and again where the two differ.
 * @throws OperationError when they differ three times, when the question is broken off, and for several lines or tabs,
 * which a prompt cannot pass on whole
 */
export async function askHidden(what: string): Promise<string> {
  for (let left = tries; left > 0; left--) {
    const first = await askOnce(`${what} (not shown)`);
    const second = await askOnce("Once more");
    if (first === second) return first;
    if (left > 1) process.stderr.write("The two entries differ: give the value twice, from the start.\n");
  }
  throw new OperationError(`the two entries differed ${tries} times; nothing was written`);
}

/**
 * The terminal shows nothing typed from before the question until it is quiet behind the answer: the rest of a pasted
 * text would be shown otherwise, and run and recorded by the shell.
 */
async function askOnce(message: string): Promise<string> {
  const { password } = await import("@clack/prompts");
  const input = new PassThrough();
  const typed = watchKeys(input);
  const answer = await ask((asking) => password({ ...asking, message, mask: "" }), {
    input,
    arrived: () => typed.arrived(),
    settled: () => typed.quiet(),
  });
  if (!typed.isMangled()) return answer;
  throw new OperationError(
    "several lines or a tab came in, which a prompt cannot take; nothing was written; " +
      "give such a value by standard input: npx platform set ITEM < FILE",
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
    /** Tells of input, which the prompt itself no longer takes behind its answer. */
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
