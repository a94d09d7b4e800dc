import type { Problem } from "../../../model/yaml/problem";
import { git } from "./git";

/** Files of a commit by path below the folder that was asked about, with forward slashes. */
export interface TreeFiles {
  readonly files: ReadonlyMap<string, Buffer>;
  /** Those that are not read, as a link or a submodule is not. */
  readonly problems: readonly Problem[];
}

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly object: string;
  readonly bytes: number;
}

/** As much as is read of a file of the work tree. */
const mostBytesOfFile = 2 ** 20;

/**
 * Reads files of a commit from git's objects, without a work tree: nothing is checked out, no link is followed, and
 * nothing is left behind, however the process ends.
 * @param root folder inside the repository; paths are relative to it
 * @param folders below it that are looked into, beside its own files
 * @param wanted whether a path is asked for
 * @throws Error where git's objects cannot be read, as in a clone that lacks some
 */
export async function treeFiles(
  root: string,
  commit: string,
  folders: readonly string[],
  wanted: (path: string) => boolean,
): Promise<TreeFiles> {
  const listed = await entriesOf(root, commit, folders);
  const entries = listed.filter(({ path, mode }) =>
    folders.includes(path) ? mode !== folder : wanted(path),
  );
  const problems = entries.flatMap(problemOf);
  const readable = entries.filter((entry) => problemOf(entry).length === 0 && !folders.includes(entry.path));
  return { files: await contents(root, readable), problems };
}

/** Mode of a folder: https://git-scm.com/docs/git-fast-import#_filemodify */
const folder = "040000";

/** The root's own entries, the folders, and what is in them. */
async function entriesOf(
  root: string,
  commit: string,
  folders: readonly string[],
): Promise<readonly Entry[]> {
  const lists = [[], ...folders.map((name) => [name]), ...folders.map((name) => [`${name}/`])];
  const found = new Map<string, Entry>();
  for (const paths of lists) {
    const args = ["ls-tree", "-z", "--long", commit, ...(paths.length > 0 ? ["--", ...paths] : [])];
    const answer = await git(root, args);
    if (!answer.succeeded) throw new Error(answer.complaint);
    for (const line of answer.output.toString("utf8").split("\0")) {
      // MODE TYPE OBJECT SIZE<tab>PATH: https://git-scm.com/docs/git-ls-tree#_output_format
      const [, mode, object, size, path] = /^(\d+) \w+ ([0-9a-f]+) +(-|\d+)\t(.+)$/s.exec(line) ?? [];
      if (mode !== undefined && object !== undefined && path !== undefined)
        found.set(path, { path, mode, object, bytes: Number(size === "-" ? 0 : size) });
    }
  }
  return [...found.values()];
}

const regularModes = ["100644", "100755", "100664"];

function problemOf({ path, mode, bytes }: Entry): readonly Problem[] {
  const isRegular = regularModes.includes(mode);
  if (isRegular && bytes <= mostBytesOfFile) return [];
  const kind = mode === "120000" ? "is a link" : mode === "160000" ? "is a submodule" : "is no regular file";
  return [
    {
      ...{ file: path, line: 1, column: 1, path: "" },
      found: isRegular ? `it has ${Math.ceil(bytes / 1024)} KiB` : `it ${kind}`,
      allowed: "manifests and settings are regular files of at most 1 MiB",
      remedy: "",
    },
  ];
}

/** `git cat-file --batch` answers each object by `OBJECT TYPE SIZE`, a line end, its bytes and a line end. */
async function contents(root: string, entries: readonly Entry[]): Promise<ReadonlyMap<string, Buffer>> {
  if (entries.length === 0) return new Map();
  const input = entries.map(({ object }) => `${object}\n`).join("");
  const { output, complaint } = await git(root, ["cat-file", "--batch"], input);
  const files = new Map<string, Buffer>();
  let at = 0;
  for (const { path, bytes } of entries) {
    const end = output.indexOf("\n", at);
    const [, kind, size] = output.subarray(at, Math.max(end, at)).toString("latin1").split(" ");
    if (kind !== "blob" || Number(size) !== bytes)
      throw new Error(
        `the object of ${path} is not in this clone${complaint === "" ? "" : `: ${complaint}`}`,
      );
    files.set(path, output.subarray(end + 1, end + 1 + bytes));
    at = end + 1 + bytes + 1;
  }
  return files;
}
