import Mocha from "mocha";
import { createRequire } from "node:module";
import { join } from "node:path";
import { format, inspect } from "node:util";
import type { Counts } from "./counts";
import { repository } from "./importGraph";
import { type LeftOut, takeLeftOut } from "./leftOut";

export interface FileResult extends Counts {
  /** Mocha's own tree of suites and tests. */
  readonly tree: string;
  /** Mocha's own list of what failed; empty where nothing did. */
  readonly failures: string;
  readonly leftOut: readonly LeftOut[];
  /** Of the processor in this process, which a busy machine does not make more. */
  readonly milliseconds: number;
}

const { Base, Spec } = Mocha.reporters;
const settings = createRequire(__filename)("../../.mocharc.cjs") as Mocha.MochaOptions;

/** Runs one test file in this process, as `npx mocha FILE` does in its own, and prints nothing. */
export async function runFile(file: string): Promise<FileResult> {
  const before = process.cpuUsage();
  const result = await loadAndRun(file);
  const { user, system } = process.cpuUsage(before);
  return { ...result, leftOut: takeLeftOut(), milliseconds: Math.round((user + system) / 1000) };
}

type Ran = Omit<FileResult, "leftOut" | "milliseconds">;

async function loadAndRun(file: string): Promise<Ran> {
  const tree = new Lines();
  const mocha = new Mocha({ ...settings, reporter: Tree });
  try {
    mocha.addFile(join(repository, file));
    await new Promise<number>((resolve) => mocha.run(resolve));
    mocha.dispose();
    const { passes: passed = 0, failures: failed = 0, pending: skipped = 0 } = Tree.last?.stats ?? {};
    if (passed + failed + skipped === 0) return failure("  has no tests\n");
    const failures = new Lines();
    if (failed > 0) Base.list(Tree.last?.failures ?? []);
    return { passed, failed, skipped, tree: tree.text, failures: failures.text };
  } catch (error) {
    return failure(`  could not be loaded: ${inspect(error)}\n`);
  }
}

function failure(failures: string): Ran {
  return { passed: 0, failed: 1, skipped: 0, tree: "", failures };
}

/** What mocha's reporters print from now on. */
class Lines {
  text = "";

  constructor() {
    Base.consoleLog = (...words: unknown[]) => void (this.text += `${format(...words)}\n`);
  }
}

/** Mocha's tree alone: the list of failures comes once, after all files. */
class Tree extends Spec {
  static last: Tree | undefined;

  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    Tree.last = this;
  }

  override epilogue(): void {
    // Said once for all files.
  }
}
