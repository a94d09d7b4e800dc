import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as wait } from "node:timers/promises";

const repository = join(__dirname, "../../..");
const fixtures = "test/tools/tests/fixtures";

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawn(process.execPath, ["--require", "tsx/cjs", "tools/tests/run.ts", ...args], {
    cwd: repository,
    env: { ...process.env, CI: undefined, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

/** What it prints and how it ends. */
async function run(names: readonly string[], { ci = false, args = [] as readonly string[] } = {}) {
  const files = names.map((name) => `${fixtures}/${name}.ts`);
  const child = start([...files, ...args], ci ? { CI: "true" } : {});
  const [output, problems, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null]>,
  ]);
  return { code, output, problems, last: output.trimEnd().split("\n").at(-1) };
}

describe("a run of test files side by side", () => {
  it("is one report: each file's tree whole, failures in full at the end, and their sum as the last line", async () => {
    const { code, output, last } = await run(["passing", "failing", "afterwards"]);
    assert.equal(code, 1);
    assert.equal(last, "2 passed, 2 failed");
    assert.match(output, /what passes\n +✔ does\n/);
    assert.match(output, new RegExp(`${fixtures}/failing.ts\n+ +1\\) what fails\n +does:\n`));
    assert.match(output, /Expected values to be strictly equal:[^]*- ?1[^]*\+ ?2/);
    assert.match(output, new RegExp(`${fixtures}/afterwards.ts\n[^]*not cleared up`));
  });

  it("ends well where all do", async () => {
    const { code, output, last } = await run(["passing"]);
    assert.deepEqual([code, last], [0, "1 passed, 0 failed"], output);
  });

  it("goes on where a process ends by itself, and tells what it said", async () => {
    const { code, output, last } = await run(["crashing", "passing"], { args: ["--jobs", "1"] });
    assert.deepEqual([code, last], [1, "1 passed, 1 failed"], output);
    assert.match(output, /out of memory, say/);
    assert.match(output, new RegExp(`${fixtures}/crashing.ts\n +its process ended with SIGKILL`));
  });

  it("takes a file that cannot be loaded, or has no tests, for a failure", async () => {
    const { code, output, last } = await run(["unloadable", "empty", "passing"], { args: ["--jobs", "1"] });
    assert.deepEqual([code, last], [1, "1 passed, 2 failed"], output);
    assert.match(output, /could not be loaded: Error: cannot be loaded/);
    assert.match(output, new RegExp(`${fixtures}/empty.ts\n +has no tests`));
  });

  it("lists what was left out with how to get it; in CI that is a failure", async () => {
    const here = await run(["leftOut", "passing"]);
    assert.deepEqual([here.code, here.last], [0, "1 passed, 0 failed, 1 skipped"], here.output);
    assert.match(
      here.output,
      /Left out on this machine:\n {2}what needs a tool\n {4}no tool here; install it\n/,
    );
    const inCi = await run(["leftOut", "passing"], { ci: true });
    assert.equal(inCi.code, 1, inCi.output);
    assert.match(inCi.output, /no tool here; install it[^]*\n1 passed, 1 failed/);
  });

  it("refuses in CI a test that keeps others from running", async () => {
    assert.equal((await run(["only"])).code, 0);
    const { code, output } = await run(["only"], { ci: true });
    assert.equal(code, 1, output);
  });

  it("clears up what files share once the last has run, and fails where that does", async () => {
    const cleared = await run(["shared", "passing"], { args: ["--jobs", "1"] });
    assert.deepEqual([cleared.code, cleared.last], [0, "2 passed, 0 failed"], cleared.output);
    const { code, output, last } = await run(["unclear", "passing"], { args: ["--jobs", "1"] });
    assert.deepEqual([code, last], [1, "2 passed, 1 failed"], output);
    assert.match(output, /cannot be cleared up/);
  });

  it("says what it may be asked for", async () => {
    const { code, problems } = await run([], { args: ["unti", "--jobs", "2"] });
    assert.deepEqual(
      [code, problems],
      [2, "found unti; must be unit, properties, servers, engine or a file\n"],
    );
    const none = await run(["passing"], { args: ["--jobs", "none"] });
    assert.deepEqual([none.code, none.problems], [2, "--jobs: found none; must be a number from 1\n"]);
  });
});

describe("an interrupted run", () => {
  let folder: string;
  before(() => (folder = mkdtempSync(join(tmpdir(), "run-"))));
  after(() => rmSync(folder, { recursive: true }));

  for (const [signal, code] of [
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ] as const)
    it(`by ${signal} ends what its tests have started, and says what it did not come to`, async () => {
      const pids = join(folder, signal);
      const files = [`${fixtures}/endless.ts`, `${fixtures}/passing.ts`];
      const child = start([...files, "--jobs", "1"], { ENDLESS_PIDS: pids });
      const output = text(child.stdout);
      const started = await until(() => readFileSync(pids, "utf8").trim().split(" ").map(Number));
      child.kill(signal);
      assert.deepEqual(await once(child, "exit"), [code, null]);
      assert.match(await output, /Interrupted: 2 of 2 files did not run to their end\n0 passed, 0 failed\n$/);
      await until(() => started.every((pid) => !isAlive(pid)) || undefined);
    });
});

async function until<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    try {
      const seen = look();
      if (seen !== undefined) return seen;
    } catch {
      // Not there yet.
    }
    await wait(50);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
