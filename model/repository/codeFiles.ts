import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import type { Fault } from "../yaml/decode";
import { gitIgnored } from "./gitIgnored";
import { reasonOf, specialKind } from "./regularFile";
import { shownName } from "./shownName";
import { holdsHistory, isInside, walk } from "./walk";

/** Code of a function: the files of a folder by their name in it, or one archive. Paths are relative to the root. */
export type Code = { readonly files: Readonly<Record<string, string>> } | { readonly archive: string };

/** The code, or everything that is wrong with it. */
export type FoundCode = { readonly code: Code } | { readonly faults: readonly Fault[] };

/**
 * Most that Lambda takes: unpacked, and packed when it is uploaded without a bucket.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#function-configuration-deployment-and-execution
 */
const maximumBytes = { folder: 250 * 2 ** 20, archive: 50 * 2 ** 20 } as const;

/** Faults of a folder told one by one; the rest are counted. */
const shownFaults = 20;

/**
 * What would be deployed for a `code` of a manifest, or everything that is wrong with it. Whoever may open a pull request
 * writes both, so nothing is taken that lies outside of the repository, and nothing that nobody reviewed: what git ignores
 * was put there by this machine.
 * @param path from the repository's root, with forward slashes
 */
export function codeFiles(root: string, path: string): FoundCode {
  const found = locate(root, path);
  if ("faults" in found) return found;
  const { home, real, isFolder } = found;
  const own = relative(home, real);
  if (holdsHistory(own)) return faulty(kept(`\`${shownName(own)}\` belongs to version control`));
  if (isFolder) return folderOf(home, real);
  if (!/\.(?:zip|jar)$/.test(real)) return faulty(noArchive);
  const { size } = lstatSync(real);
  if (size > maximumBytes.archive) return faulty(tooLarge("the archive has", size, maximumBytes.archive));
  const ignored = ignoredFaults(dirname(real), [basename(real)]);
  return ignored.length > 0 ? { faults: ignored } : { code: { archive: slashed(own) } };
}

interface Located {
  /** The root, and what lies at the path, without links. */
  readonly home: string;
  readonly real: string;
  readonly isFolder: boolean;
}

function locate(root: string, path: string): Located | { readonly faults: readonly Fault[] } {
  const absolute = resolve(root, path);
  if (!isInside(resolve(root), absolute)) return faulty(outside);
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)) return faulty(stepping);
  try {
    const home = realpathSync(root);
    const real = realpathSync(absolute);
    if (!isInside(home, real)) return faulty(outside);
    const stats = lstatSync(real);
    if (stats.isFile() || stats.isDirectory()) return { home, real, isFolder: stats.isDirectory() };
    return faulty(kept(`the path leads to ${specialKind(stats) ?? "no regular file"}`));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return faulty(code === "ENOENT" || code === "ENOTDIR" ? nothing : kept(`the path ${reasonOf(error)}`));
  }
}

function folderOf(home: string, folder: string): FoundCode {
  const { files, faults } = walk(folder);
  const named = faults.slice(0, shownFaults).map(kept);
  if (faults.length > shownFaults)
    named.push(kept(`there are ${faults.length - shownFaults} more such entries`));
  const own = files.map((file) => relative(folder, file.path));
  const all = [...named, ...ignoredFaults(folder, own)];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length === 0 && all.length === 0) all.push(empty);
  if (bytes > maximumBytes.folder) all.push(tooLarge("the files have", bytes, maximumBytes.folder));
  if (all.length > 0) return { faults: all };
  const byName = files.map((file) => [file.name, slashed(relative(home, file.path))] as const);
  return { code: { files: Object.fromEntries(byName) } };
}

function ignoredFaults(folder: string, paths: readonly string[]): readonly Fault[] {
  const ignored = gitIgnored(folder, paths);
  if ("reason" in ignored) return [untold(ignored.reason)];
  if (ignored.paths.size === 0) return [];
  const [first = "", ...others] = [...ignored.paths].sort();
  const more = others.length === 0 ? "" : `, and ${others.length} more files`;
  return [
    {
      found: `git ignores \`${shownName(slashed(first))}\`${more}`,
      allowed: "what is deployed is what was reviewed, the files that git keeps",
      remedy:
        "commit it, or remove it; leave `code` out where a pipeline of its own builds and deploys the function",
    },
  ];
}

function slashed(path: string): string {
  return path.split(sep).join("/");
}

function faulty(fault: Fault): { readonly faults: readonly Fault[] } {
  return { faults: [fault] };
}

function kept(found: string): Fault {
  return {
    found,
    allowed: "`code` holds files and folders, and links from one to another",
    remedy: "remove it, or put a copy of what is needed in its place",
  };
}

function tooLarge(what: string, bytes: number, maximum: number): Fault {
  return {
    found: `${what} ${Math.ceil(bytes / 2 ** 20)} MiB`,
    allowed: `Lambda takes ${maximum / 2 ** 20} MiB`,
    remedy: "leave out what the function does not need",
  };
}

function untold(reason: string): Fault {
  return {
    found: `what git ignores cannot be told: ${reason}`,
    allowed: "what is deployed is what was reviewed, the files that git keeps",
    remedy: "make `git status` work in this folder",
  };
}

const outside: Fault = {
  found: "the path leads out of the repository",
  allowed: "`code` is a path inside the repository, from its root",
  remedy: "move the code into the repository",
};

const stepping: Fault = {
  found: "the path has a step `.` or `..`",
  allowed: "`code` is a path from the repository's root, without steps back",
  remedy: "write the path as it is from the root",
};

const nothing: Fault = {
  found: "nothing is at this path",
  allowed: "`code` is a path from the repository's root that exists",
  remedy: "correct the path, or leave `code` out to make only the role and the log group",
};

const noArchive: Fault = {
  found: "the path leads to a file that is no archive",
  allowed: "`code` is a folder, or a `.zip` or `.jar` file",
  remedy: "name the folder the file is in",
};

const empty: Fault = {
  found: "the folder is empty",
  allowed: "`code` is a folder that holds the function's files",
  remedy: "put the code there, or leave `code` out to make only the role and the log group",
};
