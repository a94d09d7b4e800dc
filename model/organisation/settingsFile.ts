import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readRegularFile } from "../repository/regularFile";
import { parse, positionOf, type Source } from "../yaml/parse";
import type { Path } from "../yaml/tree";
import type { Problem, ProblemWords } from "../yaml/problem";

/** A file of Pulumi's with the settings this program reads from it. */
export interface SettingsFile {
  readonly source: Source;
  /** Settings by key, as written. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Place of a setting, or of the file where there is none; `path` inside the setting. */
  problem(path: Path, problem: ProblemWords): Problem;
}

/** The project's file, beside which each stack has one of its own. */
export const projectFile = "Pulumi.yaml";

/** Contents by file name, taken instead of those of the root. */
export type SettingsTexts = Readonly<Record<string, Uint8Array>>;

/** Names of the stacks' files, in order; one with a second dot in front is somebody else's. */
export function stackFileNames(root: string, texts?: SettingsTexts): readonly string[] {
  const names = texts === undefined ? readdirSync(root) : Object.keys(texts);
  return names.filter((name) => /^Pulumi\.[^.].*\.yaml$/.test(name)).sort();
}

/** Name of the stack that a file is of. */
export function stackOfFile(name: string): string {
  return name.slice("Pulumi.".length, -".yaml".length);
}

/** Settings have a few kilobytes. */
const maximumBytes = 2 ** 20;

/**
 * As `readSettings`, from a file of the repository. A missing one reads as empty, which is then said of it; one that is no
 * regular file is not opened.
 */
export function readSettingsFile(
  root: string,
  name: string,
  kind: "project" | "stack",
  texts?: SettingsTexts,
): ReturnType<typeof readSettings> {
  const content =
    texts === undefined ? readRegularFile(join(root, name), maximumBytes) : { bytes: given(texts, name) };
  if ("bytes" in content) return readSettings(name, content.bytes.toString("utf8"), kind);
  if (content.missing) return readSettings(name, "", kind);
  return {
    problems: [
      {
        ...{ file: name, line: 1, column: 1, path: "" },
        found: `the file ${content.reason}`,
        allowed: "settings stand in a regular file, no link, of at most 1 MiB, that can be read",
        remedy: "write the settings themselves in its place, or correct its permissions",
      },
    ],
  };
}

/** A missing one reads as empty here too. */
function given(texts: SettingsTexts, name: string): Buffer {
  return Buffer.from((Object.hasOwn(texts, name) ? texts[name] : undefined) ?? "");
}

/** Reads `config` of Pulumi.yaml (`project`) or of a stack's file; keys of other packages are left out. */
export function readSettings(
  file: string,
  text: string,
  kind: "project" | "stack",
): { readonly file?: SettingsFile; readonly problems: readonly Problem[] } {
  const { source, problems } = parse(file, text);
  if (source === undefined || problems.length > 0) {
    return { problems: problems.map((problem) => aboutSettings(problem, kind)) };
  }
  const config = (source.tree.plain as { config?: unknown } | null)?.config;
  const entries = Object.entries(typeof config === "object" && config !== null ? config : {});
  const inside: Path = kind === "project" ? ["value"] : [];
  const settings = Object.fromEntries(
    entries.flatMap(([key, value]) => {
      const own = kind === "project" ? !key.includes(":") : ownKeys.test(key);
      return own ? [[key, kind === "project" ? projectValue(value) : value]] : [];
    }),
  );
  return {
    problems: [],
    file: {
      source,
      settings,
      problem(path, problem) {
        const [key, ...rest] = path;
        const full = key === undefined ? ["config"] : ["config", key, ...inside, ...rest];
        return { ...positionOf(source, full), path: ["config", ...path].join("."), ...problem };
      },
    },
  };
}

/** A problem at a setting of a stack's file; at the file's beginning where it cannot be read. */
export function settingProblem(root: string, stack: string, path: Path, problem: ProblemWords): Problem {
  const name = `Pulumi.${stack}.yaml`;
  const { file } = readSettingsFile(root, name, "stack");
  return (
    file?.problem(path, problem) ?? {
      file: name,
      line: 1,
      column: 1,
      path: ["config", ...path].join("."),
      ...problem,
    }
  );
}

/** `parse` speaks of manifests. */
function aboutSettings(problem: Problem, kind: "project" | "stack"): Problem {
  if (!problem.allowed.includes("manifest")) return problem;
  const file = kind === "project" ? projectFile : "a stack's file";
  return {
    ...problem,
    allowed: `${file} is one YAML document with the settings under \`config\``,
    remedy: problem.found === "the file is empty" ? "write its settings, or remove it" : problem.remedy,
  };
}

/** Pulumi takes a text by itself for `{value: ...}`. */
function projectValue(entry: unknown): unknown {
  return typeof entry === "object" && entry !== null ? (entry as { value?: unknown }).value : entry;
}

/** Keys of the AWS provider that matter here, and this program's own. */
const ownKeys = /^(?:aws:region|aws:allowedAccountIds|secrets-platform:.*)$/s;
