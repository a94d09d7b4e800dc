import type { z } from "zod";
import { describe, quotedKey } from "../yaml/describe";
import { type Issue, parsed } from "../yaml/issues";
import { didYouMean } from "../yaml/nearest";
import { formatProblem, type Problem } from "../yaml/problem";
import { closedTexts } from "./closedTexts";
import type { SettingsFile } from "./settingsFile";

/** What a file's settings say by `schema`, or everything that is wrong with them. */
export function checkSettings<T>(
  file: SettingsFile,
  schema: z.ZodType<T>,
): { readonly value?: T; readonly problems: readonly Problem[] } {
  const result = parsed(schema, file.settings);
  const problems = "value" in result ? [] : result.issues.flatMap((issue) => issueProblems(file, issue));
  const told = new Set(problems.map(({ path }) => path));
  problems.push(...closedTexts(file).filter(({ path }) => !told.has(path)));
  if ("value" in result && problems.length === 0) return { value: result.value, problems };
  return { problems: [...new Map(problems.map((problem) => [formatProblem(problem), problem])).values()] };
}

function issueProblems(file: SettingsFile, issue: Issue): Problem[] {
  const { path, expectation } = issue;
  const { allowed } = expectation;
  if (issue.kind === "unknown-keys") {
    return issue.keys.map((key) =>
      file.problem([...path, key], {
        found: `unknown key ${quotedKey(key)}`,
        allowed,
        remedy: didYouMean(key, expectation.keys ?? [], "remove it"),
      }),
    );
  }
  if (issue.kind === "bad-key") {
    return [
      file.problem(path, {
        found: `found ${describe(path.at(-1))}`,
        allowed: `the name ${allowed}`,
        remedy: expectation.remedy ?? "rename it",
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
