import { type ChildProcess, fork } from "node:child_process";
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

/** Undefined where the process ended, or has to. By a timer of its own: one behind a signal may be freed before it ends. */
function answerOf(child: ChildProcess, limitMs: number): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    const settle = (answer: Answer | undefined): void => {
      clearTimeout(timer);
      child.off("message", settle).off("exit", end);
      resolve(answer);
    };
    const end = (): void => settle(undefined);
    const timer = setTimeout(end, limitMs);
    child.on("message", settle).on("exit", end);
  });
}
