import assert from "node:assert/strict";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { repository } from "../model/plan/support/samples";
import { run } from "./support/run";

describe("a script with what V8 compiled of it", function () {
  this.timeout(240_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "compiled-"));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  const says = (word: string) => `console.log(${JSON.stringify(word)});`;

  async function runs(text: string, brief: boolean, switches = {}): Promise<string> {
    const starter = join(folder, "start.js");
    const [runCompiled, file] = [join(repository, "startup/runCompiled.js"), join(folder, "script.js")];
    writeFileSync(
      starter,
      `const text = ${JSON.stringify(text)};
       const hash = require("node:crypto").createHash("sha256").update(text).digest("hex");
       require(${JSON.stringify(runCompiled)}).runCompiled({ file: ${JSON.stringify(file)}, text, hash }, { brief: ${brief} });`,
    );
    return run(starter, [], switches);
  }

  const kept = () => readdirSync(folder).filter((file) => /\.(brief|long)$/.test(file));

  it("keeps nothing where that is switched off", async () => {
    assert.equal(await runs(says("one"), true, { PLATFORM_NO_COMPILED: "1" }), "one\nexit 0\n");
    assert.deepEqual(kept(), []);
  });

  it("runs as it is now, though V8 takes what it compiled of another of the same length", async () => {
    for (const word of ["one", "two", "one"]) assert.equal(await runs(says(word), true), `${word}\nexit 0\n`);
    assert.equal(kept().length, 2);
  });

  it("is compiled for brief runs and for long ones, and only for long ones where brief ones are switched off", async () => {
    const suffixes = () =>
      kept()
        .map((file) => file.split(".").pop())
        .sort();
    for (const file of kept()) rmSync(join(folder, file));
    await runs(says("one"), true, { PLATFORM_NO_BRIEF: "1" });
    assert.deepEqual(suffixes(), ["long"]);
    await runs(says("one"), true);
    assert.deepEqual(suffixes(), ["brief", "long"]);
  });
});
