import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import { describe } from "../catalogue/reading/manifest";
import { didYouMean } from "../yaml/nearest";
import { parse, positionOf, type Source } from "../yaml/parse";
import { expectationOf } from "../yaml/expectation";
import type { Path } from "../yaml/tree";
import { formatProblem, type Problem, type ProblemWords } from "../yaml/problem";

/** A file of Pulumi's with the settings this program reads from it. */
export interface SettingsFile {
  readonly source: Source;
  /** Settings by key, as written. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Place of a setting, or of the file where there is none; `path` inside the setting. */
  problem(path: Path, problem: ProblemWords): Problem;
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
  const whole = join(root, name);
  const { file } = existsSync(whole) ? readSettings(name, readFileSync(whole, "utf8"), "stack") : {};
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
  const file = kind === "project" ? "Pulumi.yaml" : "a stack's file";
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
const ownKeys = /^(?:aws:region|aws:allowedAccountIds|secrets-platform:.*)$/;

/** What a file's settings say by `schema`, or everything that is wrong with them. */
export function checkSettings<T>(
  file: SettingsFile,
  schema: z.ZodType<T>,
): { readonly value?: T; readonly problems: readonly Problem[] } {
  const result = schema.safeParse(file.settings);
  if (result.success) return { value: result.data, problems: [] };
  const problems = result.error.issues.flatMap((issue) => issueProblems(file, issue));
  return { problems: [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()] };
}

function issueProblems(file: SettingsFile, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path as Path;
  const expectation = expectationOf(issue.message);
  const { allowed } = expectation;
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) =>
      file.problem([...path, key], {
        found: `unknown key \`${key}\``,
        allowed,
        remedy: didYouMean(key, expectation.keys ?? [], "remove it"),
      }),
    );
  }
  if (issue.code === "invalid_key") {
    const name = expectationOf(issue.issues[0]?.message ?? "");
    return [
      file.problem(path, {
        found: `found ${describe(path.at(-1))}`,
        allowed: `the name ${name.allowed}`,
        remedy: name.remedy ?? "rename it",
      }),
    ];
  }
  const value = path.reduce<unknown>(
    (at, part) => (at as Record<string | number, unknown> | undefined)?.[part],
    file.settings,
  );
  if (value === undefined) {
    const key = String(path.at(-1));
    return [
      file.problem(path, {
        found: `\`${key}\` is missing`,
        allowed: allowed.startsWith("must ") ? `\`${key}\` ${allowed}` : allowed,
        remedy: `add \`${key}\``,
      }),
    ];
  }
  return [
    file.problem(path, {
      found: `found ${describe(value)}`,
      allowed,
      remedy: expectation.remedy ?? "change it",
    }),
  ];
}
