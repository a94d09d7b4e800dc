import { closedText, openPart, type Openings } from "../yaml/openText";
import type { Problem } from "../yaml/problem";
import { textsOf } from "../yaml/texts";
import type { Path } from "../yaml/tree";
import type { SettingsFile } from "./settingsFile";

/** No text of the settings says more than what it is, whatever its own form lets through. */
export function closedTexts(file: SettingsFile): Problem[] {
  return textsOf(file.settings, []).flatMap(({ path, text }) => {
    const found = openPart(text, openingsAt(path));
    return found === undefined ? [] : [file.problem(path, { found: `found ${found}`, ...closedText })];
  });
}

/** Settings that name several roles, actions or resources at once, each by a form of its own. */
const several = new Set([
  ...["deployer", "administrators", "foundation", "trusted"],
  ...["expectedRoles", "outsideNetwork"],
  ...["actions", "resources"],
]);

function openingsAt(path: Path): Openings {
  return { wildcards: path.some((step) => several.has(String(step))) };
}
