import { randomUUID } from "node:crypto";
import { mkdir, readdir, rename, rm, rmdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";

/** Milliseconds between two looks at a lock that another process holds. */
const pollMs = 500;

/** Names of the locks that this process holds or waits for. */
const own = new Set<string>();

/**
 * Runs the work while no other process runs work under the same lock; waits for as long as its holder lives. A lock whose
 * holder died is taken over, by one of those who wait.
 *
 * The lock is a folder with one file, named after its holder. It comes to its place whole, by renaming, which the system
 * refuses where a folder is that has a file in it (https://pubs.opengroup.org/onlinepubs/9699919799/functions/rename.html);
 * and of a dead holder just that file is removed, so that nobody removes the lock of who came next.
 */
export async function withLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const name = `${process.pid}-${randomUUID()}`;
  const prepared = `${folder}.${name}`;
  await mkdir(dirname(folder), { recursive: true });
  await mkdir(prepared);
  await writeFile(join(prepared, name), "");
  own.add(name);
  try {
    while (!(await take(prepared, folder))) await wait(pollMs);
    try {
      return await work();
    } finally {
      await rm(join(folder, name));
      await removeEmpty(folder);
    }
  } finally {
    own.delete(name);
    await rm(prepared, { recursive: true, force: true });
  }
}

async function take(prepared: string, folder: string): Promise<boolean> {
  try {
    await rename(prepared, folder);
    return true;
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (!["EEXIST", "ENOTEMPTY", "ENOTDIR", "EPERM"].includes(code)) throw error;
  }
  for (const holder of await readdir(folder).catch(() => []))
    if (!isAlive(holder)) await rm(join(folder, holder), { force: true });
  await removeEmpty(folder);
  return false;
}

/** Leaves it where somebody has taken it meanwhile. */
async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

function isAlive(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  // A dead process may have had the number of this one.
  if (pid === process.pid) return own.has(holder);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
