import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { repository } from "../tests/importGraph";
import type { Answer, Order } from "./worker";

/** A process that runs test files; a new one takes its place where a change keeps it from ending. */
export class Worker {
  #process: ChildProcess | undefined;
  #orders = 0;

  /** @param limitMs after which it is `late`, by the clock; as is a process that ended by itself */
  async run(order: Order, limitMs: number): Promise<Answer> {
    const child = (this.#process ??= start());
    child.send(order);
    const answer = await answerOf(child, limitMs);
    // What tests leave behind grows with the runs.
    this.#orders += 1;
    if (answer === undefined || this.#orders % ordersOfOneProcess === 0) this.stop();
    return answer ?? { fate: "late", milliseconds: 0 };
  }

  stop(): void {
    this.#process?.kill("SIGKILL");
    this.#process = undefined;
  }
}

const ordersOfOneProcess = 400;

function start(): ChildProcess {
  return fork(join(__dirname, "worker.ts"), {
    cwd: repository,
    execArgv: ["--require", "tsx/cjs"],
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

/** Undefined where the process ended, or has to. */
async function answerOf(child: ChildProcess, limitMs: number): Promise<Answer | undefined> {
  const ended = new AbortController();
  const signal = AbortSignal.any([ended.signal, AbortSignal.timeout(limitMs)]);
  child.once("exit", () => ended.abort());
  try {
    const [answer] = (await once(child, "message", { signal })) as [Answer];
    return answer;
  } catch {
    return undefined;
  } finally {
    child.removeAllListeners("exit");
  }
}
