import assert from "node:assert/strict";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type Mutant, mutantsOf } from "../../../tools/mutate/mutants";
import { Worker } from "../../../tools/mutate/pool";
import { Sources } from "./support/sources";

const limitMs = 120_000;

/** The worker in its own process, over a source that another one makes a constant of when it is loaded. */
describe("a test over changed code", () => {
  const sources = new Sources();
  const worker = new Worker();
  after(() => {
    worker.stop();
    sources.remove();
  });

  const file = sources.write("source.ts", "export const limit: number = 1;\nexport const idle = 5;\n");
  sources.write("constant.ts", 'import { limit } from "./source";\nexport const doubled = limit + limit;\n');
  const test = sources.write(
    "constant.test.ts",
    [
      'import assert from "node:assert/strict";',
      'import { doubled } from "./constant";',
      'it("is two", () => assert.equal(doubled, 2));',
    ].join("\n"),
  );
  const endless = sources.write(
    "endless.test.ts",
    'import { limit } from "./source";\nit("ends", () => { while (limit > 1); });\n',
  );
  const waiting = sources.write(
    "waiting.test.ts",
    'import { limit } from "./source";\nit("ends", () => new Promise<void>((end) => void (limit > 1 || end())));\n',
  );
  const [noticed, unnoticed] = mutantsOf(file) as [Mutant, Mutant];
  const fateOf = async (of: string, mutant?: Mutant, limit = limitMs) =>
    (await worker.run({ test: of, ...(mutant && { mutant }) }, limit)).fate;

  it("fails where a constant made of it changes, and passes again without the change", async () => {
    assert.equal(await fateOf(test), "passed");
    assert.equal(await fateOf(test, noticed), "failed");
    assert.equal(await fateOf(test, unnoticed), "passed");
    assert.equal(await fateOf(test, noticed), "failed");
    assert.equal(await fateOf(test), "passed");
  });

  it("is broken where the change is no program", async () => {
    assert.equal(await fateOf(test, { ...noticed, after: "(" }), "broken");
    assert.equal(await fateOf(test), "passed");
  });

  it("is late where it does not end, whatever memory was freed meanwhile", async () => {
    setFlagsFromString("--expose-gc");
    const free = runInNewContext("gc") as () => void;
    const freeing = setInterval(free, 200);
    try {
      assert.equal(await fateOf(waiting, noticed, 2_000), "late");
    } finally {
      clearInterval(freeing);
    }
  });

  it("is late where it does not end, and the next one has a process that does", async () => {
    assert.equal(await fateOf(endless), "passed");
    assert.equal(await fateOf(endless, noticed, 3_000), "late");
    assert.equal(await fateOf(test), "passed");
  });
});
