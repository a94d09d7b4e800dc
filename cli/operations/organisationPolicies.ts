import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { Option } from "commander";
import { isObject } from "../../model/access/conditions";
import type { AccountDocuments, NamedPolicy } from "../../model/access/input";
import { onOneLine } from "../../model/yaml/oneLine";
import { UsageError } from "../usageError";

export function organisationPolicyOption(): Option {
  return new Option(
    "--organisation-policy <file>",
    "decide within a service control policy, a JSON document; may be given several times",
  )
    .argParser((file: string, others: readonly string[]) => [...others, file])
    .default([], "none is known of");
}

/** Far more than the 10,240 characters that AWS takes. */
const mostBytes = 2 ** 20;

/**
 * Service control policies as the evaluator takes them: each file is a level of its own, and every level has to allow. One
 * that only denies stands beside `FullAWSAccess`, which AWS attaches everywhere by itself.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_evaluation.html
 *
 * @throws UsageError with everything that is wrong in any of the files
 */
export function organisationPolicies(files: readonly string[]): AccountDocuments["controls"] {
  const problems: string[] = [];
  const levels = [...new Set(files)].map((file): readonly NamedPolicy[] => {
    const document = policyIn(file, (problem) =>
      problems.push(onOneLine(`--organisation-policy: ${problem}; ${remedy}`)),
    );
    const own = { name: `organisation's policy ${onOneLine(file)}`, document: document ?? {} };
    return isAllowing(document) ? [own] : [own, fullAccess];
  });
  if (problems.length > 0) throw new UsageError(problems.join("\n"));
  return levels.length === 0 ? undefined : levels;
}

const remedy =
  "name a file with one policy document in JSON, such as `npx platform organisation-policy` prints";

const fullAccess: NamedPolicy = {
  name: "FullAWSAccess",
  document: {
    Version: "2012-10-17",
    Statement: [{ Sid: "FullAWSAccess", Effect: "Allow", Action: "*", Resource: "*" }],
  },
};

function policyIn(file: string, note: (problem: string) => void): object | undefined {
  const text = textOf(file, note);
  if (text === undefined) return undefined;
  let document: unknown;
  try {
    document = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return void note(`${file}${placeOf(error as SyntaxError, text)} is not JSON`);
  }
  if (isObject(document) && document["Statement"] !== undefined) return document;
  return void note(`${file}:1:1 is no policy document, which is an object with a Statement`);
}

function textOf(file: string, note: (problem: string) => void): string | undefined {
  try {
    const stats = statSync(resolve(file));
    if (stats.isFile() && stats.size <= mostBytes) return readFileSync(resolve(file), "utf8");
    return void note(`${file} is no regular file of at most 1 MiB`);
  } catch (error) {
    return void note(`${file} cannot be read: ${(error as NodeJS.ErrnoException).code ?? "unknown reason"}`);
  }
}

/** `:2:5`, where the parser tells; its own words may repeat what stands there. */
function placeOf({ message }: SyntaxError, text: string): string {
  const [, told] = /at position (\d+)/.exec(message) ?? [];
  const position = told ?? (message.includes("end of JSON") ? text.length : undefined);
  if (position === undefined) return "";
  const before = text.slice(0, Number(position)).split("\n");
  return `:${before.length}:${before.at(-1)!.length + 1}`;
}

function isAllowing(document: object | undefined): boolean {
  if (!isObject(document)) return false;
  return [document["Statement"]].flat().some((one) => isObject(one) && one["Effect"] === "Allow");
}
