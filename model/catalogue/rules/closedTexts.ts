import { problemAt } from "../reading/manifest";
import { textsOf } from "../../yaml/texts";
import type { Path } from "../../yaml/tree";
import { holdsUnseen } from "../../yaml/unseen";
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
    const found = part === "value" && isFree(path) ? halfCharacter(text) : openPart(text, path);
    if (found === undefined) return [];
    return [
      problemAt(
        manifest,
        path,
        {
          found: `found ${found}`,
          allowed:
            "names and addresses are texts in full, without wildcards, variables, steps and characters that do not show",
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

/** Half of a pair of UTF-16, which no UTF-8 can hold: what is sent would be another text. */
function halfCharacter(text: string): string | undefined {
  return /\p{Cs}/u.test(text) ? "half of a character" : undefined;
}

function openPart(text: string, path: Path): string | undefined {
  if (holdsUnseen(text)) return "a character that does not show";
  const [variable] = /\$[{(]/.exec(text) ?? [];
  if (variable !== undefined) return `a variable, \`${variable}\``;
  const [wildcard] = /[*?]/.exec(text) ?? [];
  if (wildcard !== undefined) return `a wildcard, \`${wildcard}\``;
  // `code` is looked up, and says where it leads.
  if (path.at(-1) !== "code" && /(?:^|[/\\])\.{1,2}(?:[/\\]|$)/.test(text)) return "a step, `.` or `..`";
  return undefined;
}
