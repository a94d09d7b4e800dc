import { isCredentialName } from "../../aws/credentialNames";
import type { Path } from "../../yaml/tree";

/** What to do about a credential that stood in a manifest, whatever becomes of the line. */
export const replaceIt = "replace the credential: it is in the repository's history";

/** The same of a key that nothing takes the place of. */
export const endIt = "end the key: it is in the repository's history";

/** The same, where it may have been something else. */
export const ifCredential = "if this was a credential, replace it: it is in the repository's history";

/** For a sensitive value, under a key that takes none. */
export const noValue = {
  allowed: "a sensitive value never stands in a manifest",
  remedy: `remove it, supply the value with \`npx platform set\`, and ${replaceIt}`,
} as const;

/** Maps of an item, in whose place somebody may write its value. */
const maps = ["rotation", "database", "expires"];

/** Whether a text that stands where something else should may be a value that somebody pasted. */
export function mayBePasted(path: Path): boolean {
  const [group, , ...below] = path;
  const isItem = group === "secrets" || group === "parameters";
  if (isItem && (below.length === 0 || (below.length === 1 && maps.includes(String(below[0]))))) return true;
  return below.some((name) => typeof name === "string" && isCredentialName(name));
}
