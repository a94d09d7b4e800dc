import Mocha from "mocha";
import { join } from "node:path";
import { repository } from "../tests/importGraph";
import { change, install } from "./loader";
import { type Mutant, mutated } from "./mutants";

/** What a worker is asked: to run a test file, over the code as it stands or with one change in it. */
export interface Order {
  readonly test: string;
  readonly mutant?: Mutant;
}

/** `broken` where the change is no TypeScript. */
export type Answer = "passed" | "failed" | "broken";

const timeoutMs = 120_000;

install();
process.on("message", (order: Order) => void answer(order).then((text) => process.send?.(text)));
// A test may leave a promise behind that fails once the code is changed; that is for the test to notice.
process.on("unhandledRejection", () => undefined);

async function answer({ test, mutant }: Order): Promise<Answer> {
  try {
    change(mutant?.file ?? test, mutant && mutated(mutant));
  } catch {
    return "broken";
  }
  const mocha = new Mocha({ bail: true, reporter: Silent, timeout: timeoutMs });
  try {
    mocha.addFile(join(repository, test));
    return await new Promise<Answer>((resolve) => {
      mocha.run((failures) => resolve(failures > 0 ? "failed" : "passed"));
    });
  } catch {
    // The change breaks the loading of the file.
    return "failed";
  } finally {
    mocha.dispose();
    if (mutant !== undefined) change(mutant.file, undefined);
  }
}

class Silent extends Mocha.reporters.Base {}
