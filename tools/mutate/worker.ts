import Mocha from "mocha";
import { join } from "node:path";
import { repository } from "../tests/importGraph";
import { change, forget, install } from "./loader";
import { type Mutant, mutated } from "./mutants";

/** What a worker is asked: to run a test file, over the code as it stands or with one change in it. */
export interface Order {
  readonly test: string;
  readonly mutant?: Mutant;
}

export interface Answer {
  /** `broken` where the change is no TypeScript, `late` where it did not end in time. */
  readonly fate: "passed" | "failed" | "broken" | "late";
  /** Of the processor, which a busy machine does not make more. */
  readonly milliseconds: number;
}

const timeoutMs = 120_000;

install();
process.on("message", (order: Order) => {
  const before = process.cpuUsage();
  void fateOf(order).then((fate) => {
    const { user, system } = process.cpuUsage(before);
    process.send?.({ fate, milliseconds: Math.round((user + system) / 1000) } satisfies Answer);
  });
});
// A test may leave a promise behind that fails once the code is changed; that is for the test to notice.
process.on("unhandledRejection", () => undefined);

/** What the code is changed to; stays so for the next test of the same change, which then loads only itself. */
let current: string | undefined;

async function fateOf({ test, mutant }: Order): Promise<Answer["fate"]> {
  try {
    become(mutant);
  } catch {
    return "broken";
  }
  forget(test);
  const mocha = new Mocha({ bail: true, reporter: Silent, timeout: timeoutMs });
  try {
    mocha.addFile(join(repository, test));
    return await new Promise<Answer["fate"]>((resolve) => {
      mocha.run((failures) => resolve(failures > 0 ? "failed" : "passed"));
    });
  } catch {
    // The change breaks the loading of the file.
    return "failed";
  } finally {
    mocha.dispose();
  }
}

let changedFile: string | undefined;

function become(mutant: Mutant | undefined): void {
  const wanted = JSON.stringify(mutant);
  if (wanted === current) return;
  if (changedFile !== undefined) change(changedFile, undefined);
  changedFile = undefined;
  current = undefined;
  if (mutant === undefined) return;
  change(mutant.file, mutated(mutant));
  changedFile = mutant.file;
  current = wanted;
}

class Silent extends Mocha.reporters.Base {}
