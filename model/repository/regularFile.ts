import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readSync,
  type Stats,
  statSync,
} from "node:fs";

/** What a file holds, or why nothing was read, in words that go on from `the file`. */
export type FileContent = { readonly bytes: Buffer } | { readonly reason: string; readonly missing: boolean };

/**
 * Reads a file that somebody else may have put there: a regular one, of at most `maximumBytes`, and no link, which may
 * lead to what only this machine holds. Never waits, as for the writer of a FIFO, and never throws.
 */
export function readRegularFile(path: string, maximumBytes: number): FileContent {
  let descriptor: number | undefined;
  try {
    const entry = lstatSync(path);
    // Throws what a person is better told of a link that leads nowhere.
    if (entry.isSymbolicLink()) statSync(path);
    const kind = unusual(entry);
    if (kind !== undefined) return { reason: `is ${kind}`, missing: false };
    // What lies there may have been changed since; the second look is at what was opened.
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    const found = fstatSync(descriptor);
    const opened = unusual(found);
    if (opened !== undefined) return { reason: `is ${opened}`, missing: false };
    if (found.size > maximumBytes) return { reason: tooLarge(found.size, maximumBytes), missing: false };
    return { bytes: readAtMost(descriptor, maximumBytes) };
  } catch (error) {
    return { reason: reasonOf(error), missing: (error as NodeJS.ErrnoException).code === "ENOENT" };
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** What a directory entry is, in words, where it is neither a regular file nor a folder. */
export function specialKind(stats: Pick<Stats, (typeof kinds)[number][0]>): string | undefined {
  return kinds.find(([is]) => stats[is]())?.[1];
}

const kinds = [
  ["isSymbolicLink", "a link"],
  ["isFIFO", "a FIFO"],
  ["isSocket", "a socket"],
  ["isCharacterDevice", "a device"],
  ["isBlockDevice", "a device"],
] as const;

function unusual(stats: Stats): string | undefined {
  if (stats.isFile()) return undefined;
  return stats.isDirectory() ? "a folder" : (specialKind(stats) ?? "no regular file");
}

function tooLarge(size: number, maximum: number): string {
  return `has ${Math.ceil(size / 1024)} KiB, more than ${Math.floor(maximum / 1024)}`;
}

/** A file may grow while it is read. */
function readAtMost(descriptor: number, maximum: number): Buffer {
  const buffer = Buffer.alloc(Math.min(maximum, fstatSync(descriptor).size));
  let length = 0;
  while (length < buffer.length) {
    const count = readSync(descriptor, buffer, length, buffer.length - length, null);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "lies below a file",
  EISDIR: "is a folder",
  EACCES: "may not be read",
  EPERM: "may not be read",
  ELOOP: "is a link to itself",
  ENXIO: "is a socket",
};

/** Why the system refused a file or folder, to go on from its name. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return reasons[code] ?? `cannot be read (${code})`;
}
