import { setTimeout as wait } from "node:timers/promises";
import { OperationError } from "./operationError";

interface Key {
  readonly name?: string | undefined;
}

/**
 * Asks twice for a value without showing it or how long it is.
 * @throws OperationError when the two differ, when the question is broken off, and for several lines or tabs, which a
 * terminal cannot pass on whole
 */
export async function askHidden(what: string): Promise<string> {
  const first = await askOnce(`${what} (not shown)`);
  const second = await askOnce("Once more");
  if (first !== second) throw new OperationError("the two entries differ; nothing was written");
  return first;
}

async function askOnce(message: string): Promise<string> {
  const { password, isCancel } = await import("@clack/prompts");
  const typed = watchKeys();
  let answer: Awaited<ReturnType<typeof password>>;
  try {
    answer = await password({ message, mask: "", output: process.stderr, withGuide: false });
  } finally {
    typed.stop();
  }
  if (isCancel(answer)) throw new OperationError("broken off; nothing was written");
  if (typed.isMangled() || (await drained())) {
    throw new OperationError(
      "several lines or a tab came in, which a prompt cannot take; nothing was written; " +
        "give such a value by standard input: platform set ITEM < FILE",
    );
  }
  return answer;
}

/** A pasted text goes on behind its first line end while the prompt takes that for the answer. */
function watchKeys() {
  let isAnswered = false;
  let isMangled = false;
  const onKey = (_character: string | undefined, { name }: Key) => {
    if (isAnswered || name === "tab") isMangled = true;
    if (name === "return" || name === "enter") isAnswered = true;
  };
  process.stdin.on("keypress", onKey);
  return { isMangled: () => isMangled, stop: () => process.stdin.removeListener("keypress", onKey) };
}

/** How long the rest of a pasted text may take to arrive, in milliseconds. */
const pasteGapMs = 60;

/** Takes what else was pasted off the terminal, or the shell would run and record it as commands. */
async function drained(): Promise<boolean> {
  let chunks = 0;
  const onData = () => (chunks += 1);
  process.stdin.setRawMode(true).on("data", onData).resume();
  for (let seen = -1; seen !== chunks;) {
    seen = chunks;
    await wait(pasteGapMs);
  }
  process.stdin.removeListener("data", onData).pause().setRawMode(false);
  return chunks > 0;
}
