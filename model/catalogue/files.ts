import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import type { Problem } from "../problem";
import { decode, type Fault } from "./decode";
import type { LoadOptions } from "./options";

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

/** Finds and reads the manifests of a folder, by name; what is no manifest and looks like one is a problem. */
export function readManifestFiles(options: LoadOptions): ManifestFiles {
  const directory = options.servicesDirectory ?? join(options.root, "services");
  const shown = shownPath(options.root, directory);
  const problems: Problem[] = [];
  const report = (file: string, fault: Fault): void => {
    problems.push({ file, line: 1, column: 1, path: "", ...fault });
  };
  const listing =
    options.files === undefined ? listDirectory(directory) : { names: Object.keys(options.files) };
  if ("fault" in listing) {
    report(shown, listing.fault);
    return { files: [], problems };
  }
  const files: ManifestFile[] = [];
  for (const name of [...listing.names].sort()) {
    const file = `${shown}/${name}`;
    const extension = extname(name);
    if (name.startsWith(".") || !/^\.ya?ml$/i.test(extension)) continue;
    const service = name.slice(0, -extension.length);
    if (extension !== ".yaml") {
      report(file, otherExtension(service, extension));
      // Others may still name the service.
      files.push({ file, service });
      continue;
    }
    const content =
      options.files === undefined
        ? readContent(join(directory, name))
        : { bytes: bytesOf(options.files[name]!) };
    const decoded = "fault" in content ? content : decode(content.bytes);
    if ("fault" in decoded) report(file, decoded.fault);
    files.push({
      file,
      service,
      ...("text" in decoded && { text: decoded.text }),
    });
  }
  if (files.length === 0 && problems.length === 0) report(shown, noManifest);
  return { files, problems };
}

function shownPath(root: string, directory: string): string {
  const path = relative(root, directory);
  return (path.startsWith("..") ? directory : path === "" ? "." : path).split(sep).join("/");
}

function listDirectory(directory: string): { readonly names: readonly string[] } | { readonly fault: Fault } {
  try {
    return { names: readdirSync(directory) };
  } catch (error) {
    return {
      fault: {
        found: `the folder ${reason(error)}`,
        allowed: "the folder of the manifests holds one YAML file for each service",
        remedy: "make it, and write a manifest with `platform new SERVICE`",
      },
    };
  }
}

function readContent(path: string): { readonly bytes: Uint8Array } | { readonly fault: Fault } {
  try {
    return { bytes: readFileSync(path) };
  } catch (error) {
    return {
      fault: {
        found: `the file ${reason(error)}`,
        allowed: "a manifest is a file that can be read",
        remedy: "mend its permissions, or remove it",
      },
    };
  }
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === "string" ? Buffer.from(content, "utf8") : content;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  ENOTDIR: "is a file",
  EISDIR: "is a folder",
  EACCES: "may not be read",
  EPERM: "may not be read",
  ELOOP: "is a link to itself",
};

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? "";
  return reasons[code] ?? `cannot be read (${code})`;
}

function otherExtension(service: string, extension: string): Fault {
  return {
    found: `the file ends in \`${extension}\``,
    allowed: "manifests end in `.yaml`",
    remedy: `rename it to \`${service}.yaml\``,
  };
}

const noManifest: Fault = {
  found: "the folder holds no manifest",
  allowed: "the folder of the manifests holds one YAML file for each service",
  remedy: "write one with `platform new SERVICE`",
};
