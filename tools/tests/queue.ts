import type { Group } from "./groups";

export interface QueuedFile {
  readonly file: string;
  readonly group: Group;
}

/** Groups by how long a file of theirs lasts; the short ones come last, so that no process waits long for another. */
const longestFirst: readonly Group[] = ["engine", "servers", "properties", "unit"];

/** Of the engine's files one at a time: each takes more than one core by itself. */
const alone: Group = "engine";

/** Which file is next for whoever is free. */
export class Queue {
  readonly #waiting: QueuedFile[];
  #isAloneRunning = false;

  constructor(files: readonly QueuedFile[]) {
    this.#waiting = longestFirst.flatMap((group) => files.filter((each) => each.group === group));
  }

  get length(): number {
    return this.#waiting.length;
  }

  /** Undefined where nothing is left that may run now; what has to wait is taken by who is running its like. */
  take(): QueuedFile | undefined {
    const at = this.#waiting.findIndex(({ group }) => group !== alone || !this.#isAloneRunning);
    const [next] = at < 0 ? [] : this.#waiting.splice(at, 1);
    if (next?.group === alone) this.#isAloneRunning = true;
    return next;
  }

  done({ group }: QueuedFile): void {
    if (group === alone) this.#isAloneRunning = false;
  }
}
