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
      part === "value" && isFree(path) ? unwritable(text) : openPart(text, { steps: path.at(-1) === "code" });
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
      return isForProgram(rest);
    default:
      return false;
  }
}

/** What a program gets as it stands, in the main container or in one beside it. */
function isForProgram([first, container, ...rest]: Path): boolean {
  const [key, below] = first === "containers" ? rest : [first, container];
  switch (key) {
    case "command":
    case "entryPoint":
    case "variables":
      return true;
    case "healthCheck":
      return below === "command";
    case "buildspec":
      return below === "commands";
    default:
      return false;
  }
}

/**
 * Half of a pair of UTF-16, which no UTF-8 can hold: what is sent would be another text. And what ends a text for whatever
 * starts a program: neither an argument nor a variable holds it.
 * https://pubs.opengroup.org/onlinepubs/9799919799/functions/exec.html
 */
function unwritable(text: string): string | undefined {
  if (text.includes("\0")) return "the character U+0000";
  return /\p{Cs}/u.test(text) ? "half of a character" : undefined;
}
