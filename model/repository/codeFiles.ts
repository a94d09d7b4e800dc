import { lstatSync, realpathSync } from "node:fs";
import { basename, dirname, relative, resolve, sep } from "node:path";
import { gitIgnored } from "./gitIgnored";
import { reasonOf, specialKind } from "./regularFile";
import { shownName } from "./shownName";
import { holdsHistory, isInside, walk } from "./walk";
import type { ProblemWords } from "../yaml/problem";

/** Code of a function: the files of a folder by their name in it, or one archive. Paths are relative to the root. */
export type Code = { readonly files: Readonly<Record<string, string>> } | { readonly archive: string };

/** The code, or everything that is wrong with it. */
export type FoundCode = { readonly code: Code } | { readonly problems: readonly ProblemWords[] };

/**
 * Most that Lambda takes: unpacked, and packed when it is uploaded without a bucket.
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html#function-configuration-deployment-and-execution
 */
const maximumBytes = { folder: 250 * 2 ** 20, archive: 50 * 2 ** 20 } as const;

/** Problems of a folder told one by one; the rest are counted. */
const shownProblems = 20;

/**
 * What would be deployed for a `code` of a manifest, or everything that is wrong with it. Whoever may open a pull request
 * writes both, so nothing is taken that lies outside of the repository, and nothing that nobody reviewed: what git ignores
 * was put there by this machine.
 * @param path from the repository's root, with forward slashes
 */
export function codeFiles(root: string, path: string): FoundCode {
  const found = locate(root, path);
  if ("problems" in found) return found;
  const { home, real, isFolder } = found;
  const own = relative(home, real);
  if (holdsHistory(own)) return refused(kept(`\`${shownName(own)}\` belongs to version control`));
  if (isFolder) return folderOf(home, real);
  if (!/\.(?:zip|jar)$/.test(real)) return refused(noArchive);
  const { size } = lstatSync(real);
  if (size > maximumBytes.archive) return refused(tooLarge("the archive has", size, maximumBytes.archive));
  const ignored = ignoredProblems(dirname(real), [basename(real)]);
  return ignored.length > 0 ? { problems: ignored } : { code: { archive: slashed(own) } };
}

interface Located {
  /** The root, and what lies at the path, without links. */
  readonly home: string;
  readonly real: string;
  readonly isFolder: boolean;
}

function locate(root: string, path: string): Located | { readonly problems: readonly ProblemWords[] } {
  const absolute = resolve(root, path);
  if (!isInside(resolve(root), absolute)) return refused(outside);
  if (/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)) return refused(stepping);
  try {
    const home = realpathSync(root);
    const real = realpathSync(absolute);
    if (!isInside(home, real)) return refused(outside);
    const stats = lstatSync(real);
    if (stats.isFile() || stats.isDirectory()) return { home, real, isFolder: stats.isDirectory() };
    return refused(kept(`the path leads to ${specialKind(stats) ?? "no regular file"}`));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return refused(code === "ENOENT" || code === "ENOTDIR" ? nothing : kept(`the path ${reasonOf(error)}`));
  }
}

function folderOf(home: string, folder: string): FoundCode {
  const { files, problems } = walk(folder);
  const named = problems.slice(0, shownProblems).map(kept);
  if (problems.length > shownProblems)
    named.push(kept(`there are ${problems.length - shownProblems} more such entries`));
  const own = files.map((file) => relative(folder, file.path));
  const all = [...named, ...ignoredProblems(folder, own)];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (files.length === 0 && all.length === 0) all.push(empty);
  if (bytes > maximumBytes.folder) all.push(tooLarge("the files have", bytes, maximumBytes.folder));
  if (all.length > 0) return { problems: all };
  const byName = files.map((file) => [file.name, slashed(relative(home, file.path))] as const);
  return { code: { files: Object.fromEntries(byName) } };
}

function ignoredProblems(folder: string, paths: readonly string[]): readonly ProblemWords[] {
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

function refused(problem: ProblemWords): { readonly problems: readonly ProblemWords[] } {
  return { problems: [problem] };
}

function kept(found: string): ProblemWords {
  return {
    found,
    allowed: "`code` holds files and folders, and links from one to another",
    remedy: "remove it, or put a copy of what is needed in its place",
  };
}

function tooLarge(what: string, bytes: number, maximum: number): ProblemWords {
  return {
    found: `${what} ${Math.ceil(bytes / 2 ** 20)} MiB`,
    allowed: `Lambda takes ${maximum / 2 ** 20} MiB`,
    remedy: "leave out what the function does not need",
  };
}

function untold(reason: string): ProblemWords {
  return {
    found: `what git ignores cannot be told: ${reason}`,
    allowed: "what is deployed is what was reviewed, the files that git keeps",
    remedy: "make `git status` work in this folder",
  };
}

const outside: ProblemWords = {
  found: "the path leads out of the repository",
  allowed: "`code` is a path inside the repository, from its root",
  remedy: "move the code into the repository",
};

const stepping: ProblemWords = {
  found: "the path has a step `.` or `..`",
  allowed: "`code` is a path from the repository's root, without steps back",
  remedy: "write the path as it is from the root",
};

const nothing: ProblemWords = {
  found: "nothing is at this path",
  allowed: "`code` is a path from the repository's root that exists",
  remedy: "correct the path, or leave `code` out to make only the role and the log group",
};

const noArchive: ProblemWords = {
  found: "the path leads to a file that is no archive",
  allowed: "`code` is a folder, or a `.zip` or `.jar` file",
  remedy: "name the folder the file is in",
};

const empty: ProblemWords = {
  found: "the folder is empty",
  allowed: "`code` is a folder that holds the function's files",
  remedy: "put the code there, or leave `code` out to make only the role and the log group",
};
