import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { extname, join, relative, resolve, sep } from "node:path";
import type { Problem, ProblemWords } from "../../yaml/problem";
import { readRegularFile, reasonOf } from "../../repository/regularFile";
import { shownName } from "../../repository/shownName";
import { isInside } from "../../repository/walk";
import { knownCredentialIn } from "../../aws/credentialForms";
import { decode } from "../../yaml/decode";
import type { LoadOptions } from "../options";
import { replaceIt } from "./pasted";

/** A manifest's text, not yet read as YAML. */
export interface ManifestFile {
  /** Path from the repository's root, with forward slashes. */
  readonly file: string;
  /** File name without `.yaml`. */
  readonly service: string;
  /** Absent when it cannot be read. */
  readonly text?: string;
}

export interface ManifestFiles {
  readonly files: readonly ManifestFile[];
  readonly problems: readonly Problem[];
}

/**
 * Finds and reads the manifests of a folder, by name; what is no manifest and looks like one is a problem. Whoever may open
 * a pull request made the files: only regular ones are opened, and none that is large is read. Without a folder that was
 * named, there may be none: an organisation deploys its accounts before the first service joins.
 */
export function readManifestFiles(
  options: Pick<LoadOptions, "root" | "servicesDirectory" | "files">,
): ManifestFiles {
  const directory = options.servicesDirectory ?? join(options.root, "services");
  const shown = shownPath(options.root, directory);
  const isNamed = options.servicesDirectory !== undefined;
  const problems: Problem[] = [];
  const report = (file: string, problem: ProblemWords): void => {
    problems.push({ file, line: 1, column: 1, path: "", ...problem });
  };
  const listing: Listing =
    options.files === undefined
      ? listDirectory(options.root, directory, isNamed)
      : { entries: Object.keys(options.files).map((name) => ({ name, isFolder: false, isLink: false })) };
  if ("problem" in listing) {
    report(shown, listing.problem);
    return { files: [], problems };
  }
  const files: ManifestFile[] = [];
  for (const { name, isFolder, isLink } of [...listing.entries].sort(byName)) {
    const file = `${shown}/${shownName(name)}`;
    const extension = extname(name);
    if (name.startsWith(".")) continue;
    const path = join(directory, name);
    if (!yamlFile.test(name)) {
      if (isFolder && holdsManifests(path)) report(file, subfolder);
      if (isLink && leadsToFolder(path)) report(file, linkedFolder);
      continue;
    }
    const leak = knownCredentialIn(name);
    if (leak !== undefined) {
      report(`${shown}/…`, { found: `the name of a file looks like ${leak}`, ...leakedName });
      continue;
    }
    const service = name.slice(0, -extension.length);
    if (extension !== ".yaml") {
      report(file, otherExtension(service, extension));
      // Others may still name the service.
      files.push({ file, service });
      continue;
    }
    const content =
      options.files === undefined ? readContent(path) : { bytes: bytesOf(options.files[name]!) };
    const decoded = "problem" in content ? content : decode(content.bytes);
    if ("problem" in decoded) report(file, decoded.problem);
    files.push({
      file,
      service,
      ...("text" in decoded && { text: decoded.text }),
    });
  }
  if (isNamed && files.length === 0 && problems.length === 0) report(shown, noManifest);
  return { files, problems };
}

function shownPath(root: string, directory: string): string {
  const path = relative(root, directory);
  return shownName((path.startsWith("..") ? directory : path === "" ? "." : path).split(sep).join("/"));
}

type Listing = { readonly entries: readonly Entry[] } | { readonly problem: ProblemWords };

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
  readonly isLink: boolean;
}

/** A folder of the repository's is no link out of it; one that the caller names is theirs to choose. */
function listDirectory(root: string, directory: string, isNamed: boolean): Listing {
  // A link that leads nowhere is there, and a mistake.
  if (!isNamed && lstatSync(directory, { throwIfNoEntry: false }) === undefined) return { entries: [] };
  try {
    if (isInside(resolve(root), resolve(directory)) && !isInside(realpathSync(root), realpathSync(directory)))
      return { problem: outsideFolder };
    const entries = readdirSync(directory, { withFileTypes: true });
    return {
      entries: entries.map((entry) => ({
        name: entry.name,
        isFolder: entry.isDirectory(),
        isLink: entry.isSymbolicLink(),
      })),
    };
  } catch (error) {
    return {
      problem: {
        found: `the folder ${(error as NodeJS.ErrnoException).code === "ENOTDIR" ? "is a file" : reasonOf(error)}`,
        allowed: "the folder of the manifests holds one YAML file for each service",
        remedy: "make it, and write a manifest with `npx platform new SERVICE`",
      },
    };
  }
}

function leadsToFolder(link: string): boolean {
  return statSync(link, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether something in a folder, however deep, looks like a manifest; links are not followed. */
function holdsManifests(folder: string): boolean {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" }).some((name) => yamlFile.test(name));
  } catch {
    // What cannot be looked into cannot be ruled out.
    return true;
  }
}

/** Far above what `decode` takes, whose words are better for a text that is merely long. */
const readBytes = 2 ** 20;

function readContent(path: string): { readonly bytes: Uint8Array } | { readonly problem: ProblemWords } {
  const content = readRegularFile(path, readBytes);
  if ("bytes" in content) return content;
  return {
    problem: {
      found: `the file ${content.reason}`,
      allowed: "a manifest is a regular file, no link, of at most 256 KiB, that can be read",
      remedy: "write the manifest itself in its place, correct its permissions, or remove it",
    },
  };
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? Buffer.from(content, "utf8") : content;
}

function otherExtension(service: string, extension: string): ProblemWords {
  return {
    found: `the file ends in \`${shownName(extension)}\``,
    allowed: "manifests end in `.yaml`",
    remedy: `rename it to \`${shownName(service)}.yaml\``,
  };
}

const yamlFile = /\.ya?ml$/i;

function byName(one: Entry, other: Entry): number {
  return one.name < other.name ? -1 : 1;
}

const outsideFolder: ProblemWords = {
  found: "the folder is a link that leads out of the repository",
  allowed: "the manifests stand in a folder of the repository",
  remedy: "make it a folder, and move the manifests there",
};

const subfolder: ProblemWords = {
  found: "the folder holds YAML files, which are not read",
  allowed: "all manifests stand beside each other in the folder above",
  remedy: "move the manifests there, and other files out of the folder of the manifests",
};

const linkedFolder: ProblemWords = {
  found: "the file is a link to a folder, which is not read",
  allowed: "all manifests stand beside each other in the folder above",
  remedy: "remove the link, and write manifests in its place",
};

const leakedName = {
  allowed: "a file is named as its service",
  remedy: `rename it, and ${replaceIt}`,
} as const;

const noManifest: ProblemWords = {
  found: "the folder holds no manifest",
  allowed: "the folder of the manifests holds one YAML file for each service",
  remedy: "write one with `npx platform new SERVICE`",
};
