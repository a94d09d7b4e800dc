import { problemAt } from "../manifest";
import { textsOf } from "../texts";
import type { Path } from "../tree";
import { eachManifest } from "./rule";

/**
 * No text of a manifest says more than what it is. A name that anybody may write becomes part of ARNs, policies, patterns
 * and commands, where `*` and `?` stand for other names, `${…}` for whatever a caller's session says
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html), `..` for the folder above, and a
 * control character for the end of a line. Forms of single keys leave most of it out already; this holds for all of them,
 * those to come too.
 */
export const closedTexts = eachManifest((manifest) =>
  textsOf(manifest.draft, []).flatMap(({ path, text, part }) => {
    const found = part === "value" && isFree(path) ? undefined : openPart(text, path);
    if (found === undefined) return [];
    return [
      problemAt(
        manifest,
        path,
        {
          found: `found ${found}`,
          allowed:
            "names and addresses are texts in full, without wildcards, variables, control characters and steps",
          remedy: "write it out",
        },
        part,
      ),
    ];
  }),
);

/** Texts for people, values as applications read them, commands as they are run, and schedules. */
function isFree([group, , ...rest]: Path): boolean {
  const key = rest.filter((part) => typeof part === "string").join(".");
  switch (group) {
    case "description":
      return true;
    case "secrets":
      return key === "description" || key === "rotation.schedule";
    case "parameters":
      return key === "description" || key === "expires.reason" || rest[0] === "value";
    case "consumers":
      return key === "command" || key === "buildspec.commands";
    default:
      return false;
  }
}

function openPart(text: string, path: Path): string | undefined {
  if (/\p{Cc}/u.test(text)) return "a control character";
  if (text.includes("${")) return "a variable, `${`";
  const [wildcard] = /[*?]/.exec(text) ?? [];
  if (wildcard !== undefined) return `a wildcard, \`${wildcard}\``;
  // `code` is looked up, and says where it leads.
  if (path.at(-1) !== "code" && /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/.test(text)) return "a step, `.` or `..`";
  return undefined;
}
