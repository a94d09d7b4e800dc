import { problemAt } from "../reading/manifest";
import { closedText, openPart } from "../../yaml/openText";
import { textsOf } from "../../yaml/texts";
import type { Path } from "../../yaml/tree";
import { eachManifest } from "./rule";

/**
 * No text of a manifest says more than what it is. Forms of single keys leave most of it out already; this holds for all
 * of them, those to come too.
 */
export const closedTexts = eachManifest((manifest) =>
  textsOf(manifest.draft, []).flatMap(({ path, text, part }) => {
    // `code` is looked up, and says where it leads.
    const found =
      part === "value" && isFree(path)
        ? halfCharacter(text)
        : openPart(text, { steps: path.at(-1) === "code" });
    if (found === undefined) return [];
    return [problemAt(manifest, path, { found: `found ${found}`, ...closedText }, part)];
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
      return key === "description" || key === "public" || key === "expires.reason" || rest[0] === "value";
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
