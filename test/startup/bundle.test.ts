import assert from "node:assert/strict";
import {
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { RepositoryCopy } from "./support/repositoryCopy";
import { run } from "./support/run";

describe("the command's bundle", function () {
  this.timeout(600_000);
  let copy: RepositoryCopy;

  before(() => {
    copy = new RepositoryCopy();
  });

  after(() => copy.remove());

  const help = (switches = {}) => run(copy.command, ["--help"], switches);
  const bundle = () => join(copy.kept, "platform.js");

  it("is not made where it is switched off", async () => {
    assert.match(await help({ PLATFORM_NO_BUNDLE: "1" }), /^Usage: platform/);
    assert.ok(!existsSync(copy.kept));
  });

  it("is kept with what V8 compiled, and serves the next start", async () => {
    const first = await help();
    assert.match(first, /^Usage: platform/);
    assert.deepEqual(
      readdirSync(copy.kept)
        .map((file) => file.replace(/[0-9a-f]{16}/, "HASH"))
        .sort(),
      ["platform.js", "platform.js.HASH.long", "platform.json"],
    );
    const before = statSync(bundle()).ino;
    assert.equal(await help(), first);
    assert.equal(statSync(bundle()).ino, before, "a bundle that is fresh is not made again");
  });

  it("is made again of a source that changed and kept its size and time", async () => {
    // A whole second, which every file system keeps.
    const time = new Date("2026-01-01T00:00:00Z");
    utimesSync(join(copy.root, "cli/program.ts"), time, time);
    assert.match(await help(), /Secrets and parameters of every service/);
    rewrite("cli/program.ts", "Secrets and parameters", "SECRETS and parameters");
    assert.match(await help(), /SECRETS and parameters of every service/);
  });

  it("is made again where other packages are installed, or the lock file names others", async () => {
    for (const file of ["package-lock.json", "node_modules/.package-lock.json"]) {
      await help();
      const before = statSync(bundle()).ino;
      const text = readFileSync(join(copy.root, file), "utf8");
      copy.replace(file, text.replace('"lockfileVersion": 3', '"lockfileVersion": 4'));
      await help();
      assert.notEqual(statSync(bundle()).ino, before, file);
    }
  });

  it("is made again where what is kept is broken or gone", async () => {
    const whole = await help();
    truncateSync(bundle(), 1000);
    assert.equal(await help(), whole);
    for (const stamp of ["null", '{"sources":{}}']) {
      writeFileSync(join(copy.kept, "platform.json"), stamp);
      assert.equal(await help(), whole);
    }
  });

  /** Keeps size and time. */
  function rewrite(file: string, from: string, to: string): void {
    const path = join(copy.root, file);
    const [text, { size, atime, mtime }] = [readFileSync(path, "utf8"), statSync(path)];
    assert.ok(text.includes(from));
    writeFileSync(path, text.replace(from, to));
    utimesSync(path, atime, mtime);
    const after = statSync(path);
    assert.deepEqual([after.size, after.mtimeMs], [size, mtime.getTime()]);
  }
});
