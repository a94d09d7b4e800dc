import { check } from "../../cli/check/check";
import { textReport } from "../../cli/check/textReport";
import { formatProblem } from "../../model/yaml/problem";

/** What stands around the report of `platform check` in the README. */
const [before, after] = ["over it, and prints:\n\n```\n", "```\n"];

/** Time that the README shows, whatever this machine takes. */
const seconds = 0.6;

/** The README with the report on the organisation of a repository in its place: it counts resources and rules. */
export async function withReport(readme: string, root: string): Promise<string> {
  const result = await check({ root, servicesDirectory: undefined, progress: () => undefined });
  if ("errors" in result) throw new Error(result.errors.map(formatProblem).join("\n"));
  const start = readme.indexOf(before) + before.length;
  const end = readme.indexOf(after, start);
  if (start < before.length || end < 0) throw new Error("README.md has no place for the report of a check");
  return readme.slice(0, start) + textReport(result, seconds, false) + readme.slice(end);
}
