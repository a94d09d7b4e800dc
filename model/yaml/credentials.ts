import { knownCredentialIn } from "../aws/credentialForms";
import { isCredentialName } from "../aws/credentialNames";
import { isNamedDigest, isPublicText, withoutPublicTexts } from "../aws/publicTexts";

/** What a text is called that only looks random. */
export const randomText = "a random key or token";

/** What a text looks like, when it looks like a credential: `an AWS access key`. The text itself is never part of it. */
export function credentialIn(text: string): string | undefined {
  if (text.length < 8) return undefined;
  return knownCredentialIn(text) ?? (holdsRandomText(text) ? randomText : undefined);
}

/** As `credentialIn`, for the value of something whose name may say that it is sensitive. */
export function credentialUnder(name: string, text: string): string | undefined {
  const seen = isNamedDigest(name, text) ? undefined : credentialIn(text);
  if (seen !== undefined || !isCredentialName(name) || isPublicText(text)) return seen;
  return /^\S{8,}$/.test(text) && !/^[a-z]+:\/\/|^arn:/.test(text) && characterKinds(text) >= 2
    ? sensitiveValue
    : undefined;
}

/**
 * As `credentialUnder`, of a variable that a process gets as it stands: under a name that announces a credential a short or
 * simple text is one too, unless it says where the credential is, switches something or is a small number.
 */
export function credentialInVariable(name: string, text: string): string | undefined {
  const seen = credentialUnder(name, text);
  if (seen !== undefined || !isCredentialName(name)) return seen;
  return isPublicText(text) || isNamedDigest(name, text) || holdsNone.test(text) ? undefined : sensitiveValue;
}

const sensitiveValue = "the value of something sensitive";

/** Nothing, a switch, a number of up to six digits, a version, an ARN, an address, a path of names or of a file. */
const holdsNone =
  /^$|^(?:true|false|yes|no|on|off|none|null|\d{1,6})$|^[~^]?\d+\.\d+\.\d+$|^arn:|^[a-z][a-z0-9+.-]*:\/\/|^\/?[a-z][a-z0-9-]*(?:\/[a-z0-9-]+)+$|^(?:\/[\w.-]+)+$/i;

/** Characters of the longest text that an error repeats. */
export const longestShown = 120;

/** The text when an error may repeat it; undefined when it is long, or could be a credential. */
export function redact(text: string): string | undefined {
  return text.length <= longestShown && /^[\x20-\x7e]*$/.test(text) && credentialIn(text) === undefined
    ? text
    : undefined;
}

function characterKinds(text: string): number {
  return [/[a-z]/, /[A-Z]/, /[0-9]/, /[^A-Za-z0-9._/-]/].filter((kind) => kind.test(text)).length;
}

/**
 * Random texts show by how evenly they use their characters and how often letters, digits and cases change; words,
 * names, paths and identifiers do neither.
 */
function holdsRandomText(text: string): boolean {
  if (!/[A-Za-z0-9+/=_-]{20}/.test(text) || /^arn:/.test(text)) return false;
  const named = withoutPublicTexts(text);
  const isAddress = /:\/\/|^\.{0,2}\//.test(named);
  return named.split(isAddress ? /[^A-Za-z0-9_+-]+/ : /[^A-Za-z0-9_+/=-]+/).some(isRandom);
}

function isRandom(token: string): boolean {
  const text = token.replace(/=+$/, "");
  if (text.length < 20) return false;
  if (/^[0-9a-f]+$/i.test(text))
    return text.length >= 32 && /\d/.test(text) && /[a-f]/i.test(text) && evenness(text, 16) > 0.8;
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
  if (!mixed && (text.length < 32 || !/\d/.test(text) || !/[A-Za-z]/.test(text))) return false;
  return evenness(text, 64) > 0.83 && changes(text) > 0.3 && wordsShare(text) < 0.75;
}

/** Share of a text that stands in words, as `LongNamesOfClasses` and `snake_case` do: runs of letters as words have them. */
function wordsShare(text: string): number {
  const words = text.match(/[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])/g) ?? [];
  return words.filter((word) => word.length > 2).join("").length / text.length;
}

/** Shannon entropy as a share of the most a text of this length over this many characters can have. */
function evenness(text: string, alphabet: number): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / text.length) * Math.log2(count / text.length);
  return entropy / Math.log2(Math.min(alphabet, text.length));
}

/** Share of neighbours of different kinds: lower case, upper case, digit, other. */
function changes(text: string): number {
  const kinds = [...text].map((character) =>
    /[a-z]/.test(character) ? 0 : /[A-Z]/.test(character) ? 1 : /\d/.test(character) ? 2 : 3,
  );
  return kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length / (text.length - 1);
}
