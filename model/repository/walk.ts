import { lstatSync, readdirSync, realpathSync, type Stats } from "node:fs";
import { join, relative, sep } from "node:path";
import { reasonOf, specialKind } from "./regularFile";
import { shownName } from "./shownName";

/** A file below the folder that was walked. */
export interface WalkedFile {
  /** Path below the folder, with forward slashes. */
  readonly name: string;
  /** Where it really lies, links followed. */
  readonly path: string;
  readonly bytes: number;
}

export interface Walk {
  readonly files: readonly WalkedFile[];
  /** What may not be there, each as `NAME is …`. */
  readonly problems: readonly string[];
}

/** More than a function's folder holds; links among folders could make it endless otherwise. */
const maximumEntries = 20_000;

/** Folders in which version control keeps what was ever committed, and where it fetched it from. */
const histories = new Set([".git", ".hg", ".svn"]);

/** Whether a path has a part that belongs to version control. */
export function holdsHistory(path: string): boolean {
  return path.split(/[\\/]/).some((part) => histories.has(part.toLowerCase()));
}

/**
 * Every file below a folder, in order of name. Links are followed within the folder; one that leads out of it, or back to
 * a folder it lies in, is a problem, and so is whatever is neither a file nor a folder. Reads no file.
 * @param folder without links in its own path
 */
export function walk(folder: string): Walk {
  const files: WalkedFile[] = [];
  const problems: string[] = [];
  let entries = 0;

  function visit(directory: string, name: string, above: readonly string[]): void {
    for (const entry of listed(directory, name)) {
      if (++entries > maximumEntries) return;
      const here = name === "" ? entry : `${name}/${entry}`;
      if (holdsHistory(entry)) problems.push(`\`${shownName(here)}\` belongs to version control`);
      else if (/\p{C}/u.test(entry))
        problems.push(`\`${shownName(here)}\` has an invisible character in its name`);
      else look(join(directory, entry), here, above);
    }
  }

  function listed(directory: string, name: string): readonly string[] {
    try {
      return readdirSync(directory).sort();
    } catch (error) {
      problems.push(`\`${shownName(name)}\` ${reasonOf(error)}`);
      return [];
    }
  }

  function look(path: string, name: string, above: readonly string[]): void {
    const found = target(path);
    if (typeof found === "string") {
      problems.push(`\`${shownName(name)}\` ${found}`);
      return;
    }
    const { real, stats } = found;
    if (stats.isFile()) files.push({ name, path: real, bytes: stats.size });
    else if (above.includes(real)) problems.push(`\`${shownName(name)}\` is a link to a folder it lies in`);
    else visit(real, name, [...above, real]);
  }

  /** What really lies at a path; the words of a problem where that may not be followed. */
  function target(path: string): { readonly real: string; readonly stats: Stats } | string {
    try {
      const isLink = lstatSync(path).isSymbolicLink();
      const real = isLink ? realpathSync(path) : path;
      if (real !== folder && !isInside(folder, real)) return "is a link that leads out of the folder";
      if (holdsHistory(relative(folder, real))) return "is a link to what belongs to version control";
      const stats = lstatSync(real);
      return stats.isFile() || stats.isDirectory()
        ? { real, stats }
        : `is ${specialKind(stats) ?? "no regular file"}`;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      return code === "ENOENT" || code === "ELOOP" ? "is a link to nothing" : reasonOf(error);
    }
  }

  visit(folder, "", [folder]);
  if (entries > maximumEntries)
    problems.push(`it holds more than ${maximumEntries.toLocaleString("en")} files and folders`);
  return { files, problems };
}

/** Whether a path lies below a folder; both without links. */
export function isInside(folder: string, path: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
