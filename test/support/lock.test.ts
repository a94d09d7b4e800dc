import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { withLock } from "../engine/support/lock";

describe("work under a lock", () => {
  let folder: string;
  let lock: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "lock-"));
    lock = join(folder, "tool.lock");
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  /** So many at once; gives how many of them ever ran beside another. */
  async function beside(count: number): Promise<number> {
    let running = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++running);
      await wait(5);
      running--;
    };
    await Promise.all(Array.from({ length: count }, () => withLock(lock, work)));
    return most - 1;
  }

  /** A lock whose holder is killed while it works. */
  async function leaveLock(): Promise<void> {
    const holder = `require(${JSON.stringify(join(__dirname, "../engine/support/lock.ts"))})
      .withLock(${JSON.stringify(lock)}, () => new Promise(() => { console.log("held"); setInterval(() => {}, 1e6); }))`;
    const child = spawn(process.execPath, ["--require", "tsx/cjs", "--eval", holder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    child.kill("SIGKILL");
    await once(child, "exit");
  }

  it("is done by one at a time, and leaves nothing behind", async () => {
    assert.equal(await beside(6), 0);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is taken over from a process that died, by one of all who wait", async () => {
    await leaveLock();
    assert.deepEqual(readdirSync(folder), ["tool.lock"]);
    assert.equal(await beside(6), 0);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("is taken over from a process that died and had the number of this one", async () => {
    mkdirSync(lock);
    writeFileSync(join(lock, `${process.pid}-of-another-day`), "");
    assert.equal(await beside(2), 0);
  });

  it("is given up where it fails", async () => {
    await assert.rejects(
      withLock(lock, () => Promise.reject(new Error("no network"))),
      /no network/,
    );
    assert.equal(await beside(1), 0);
  });
});
