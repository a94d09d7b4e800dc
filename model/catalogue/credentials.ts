import { isNamedDigest, isPublicText, withoutPublicTexts } from "../aws/publicTexts";

/** The mark of one issuer's credentials, or of a way to write them down. */
interface Format {
  /** What an error calls it. */
  readonly what: string;
  /** One of these is in every such text, in lower case, so that most texts are not searched at all. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
}

const formats: readonly Format[] = [
  {
    what: "a private key",
    hints: ["private key", "age-secret-key", "ls0tls1crudjti", '"kty"'],
    // The last two: the first in base 64, where `PRIVATE` has one of three forms; a JSON Web Key with a private member.
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\bAGE-SECRET-KEY-1[0-9A-Z]{20,}|LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,30}(?:UFJJVkFUR|BSSVZBVE|QUklWQVRF)|\{(?=[^{}]*"kty"\s*:)[^{}]*"(?:d|k)"\s*:\s*"[\w-]{16,}/,
  },
  {
    what: "an AWS access key",
    hints: ["akia", "asia", "abia", "acca"],
    pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/,
  },
  {
    what: "a GitHub token",
    hints: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
    pattern: /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{22,}/,
  },
  {
    what: "a GitLab token",
    hints: ["gl"],
    pattern: /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[A-Za-z0-9_-]{20,}/,
  },
  {
    what: "a Slack token",
    hints: ["xox", "xapp-"],
    pattern: /\bxox[abceoprs]-[A-Za-z0-9-]{10,}|\bxapp-\d-[A-Za-z0-9-]{10,}/,
  },
  {
    what: "a webhook address with its secret",
    hints: ["hooks.slack.com/"],
    pattern: /\bhooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,}/,
  },
  {
    what: "a Stripe key",
    hints: ["_live_", "_test_", "whsec_"],
    pattern: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/=]{20,}/,
  },
  {
    what: "a Google key",
    hints: ["aiza", "gocspx-", "ya29."],
    pattern: /\bAIza[A-Za-z0-9_-]{35}|\bGOCSPX-[A-Za-z0-9_-]{20,}|\bya29\.[A-Za-z0-9_-]{20,}/,
  },
  {
    what: "an API key",
    hints: ["sk-", "sg."],
    pattern: /\bsk-(?=[A-Za-z_-]*\d)[A-Za-z0-9_-]{24,}|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  },
  {
    what: "an API key",
    hints: ["sk", "key-", "dapi", "pul-", "shp", "_v1_", ":aa"],
    pattern:
      /\bSK[0-9a-f]{32}\b|\bkey-[0-9a-f]{32}\b|\bdapi[0-9a-f]{32}\b|\bpul-[0-9a-f]{40}\b|\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}\b|\bdo[opr]_v1_[a-f0-9]{64}\b|\b\d{8,10}:AA[A-Za-z0-9_-]{33}/,
  },
  {
    what: "a registry token",
    hints: ["npm_", "pypi-", "dckr_"],
    pattern: /\bnpm_[A-Za-z0-9]{36}|\bpypi-[A-Za-z0-9_-]{50,}|\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/,
  },
  {
    what: "a Vault token",
    hints: ["hvs.", "hvb.", "hvr.", ".atlasv1."],
    pattern: /\bhv[sbr]\.[A-Za-z0-9_-]{24,}|\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}/,
  },
  {
    what: "a JSON web token",
    hints: ["eyj"],
    pattern: /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/,
  },
  {
    what: "an address with a password",
    hints: ["://"],
    pattern: /\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s/:@]*:(?![${<*])[^\s/@]+@/i,
  },
  {
    what: "a password behind its name",
    hints: ["=", '":', "':", '" :'],
    pattern:
      /(?:password|passwd|pwd|passphrase|secret|token|(?:api|access|account)[_-]?key)(?:["']?\s*=\s*["']?|["']\s*:\s*["'])(?![${<*/])[^\s"';&,]{6,}/i,
  },
  {
    what: "an authorization header",
    hints: ["bearer ", "basic "],
    pattern: /\b(?:Bearer|Basic)\s+(?=\S*\d)[A-Za-z0-9+/=_.-]{16,}/,
  },
];

/** Words at the end of a name that say its value is sensitive. */
export const sensitiveName =
  /(?:^|-)(?:password|passwd|passphrase|pin|secret|token|credential|credentials|(?:api|access|private|secret|signing|encryption|master|shared)-key)$/;

/** What a text is called that only looks random. */
export const randomText = "a random key or token";

/** What a text looks like, when it looks like a credential: `an AWS access key`. The text itself is never part of it. */
export function credentialIn(text: string): string | undefined {
  // Words alone are none; this settles most texts of a manifest.
  if (text.length < 8 || !/[0-9=]|:\/\/|["'] ?:|-----|[A-Z]{16}/.test(text)) return undefined;
  return knownCredentialIn(text) ?? (holdsRandomText(text) ? randomText : undefined);
}

/** As `credentialIn`, by the formats of known issuers alone. */
export function knownCredentialIn(text: string): string | undefined {
  if (!anyHint.test(text)) return undefined;
  return formatsHintedIn(text).find(({ pattern }) => pattern.test(text))?.what;
}

const anyHint = new RegExp(
  formats
    .flatMap(({ hints }) => hints)
    .map((hint) => hint.replace(/[.]/g, "\\."))
    .join("|"),
  "i",
);

function formatsHintedIn(text: string): readonly Format[] {
  const lower = text.toLowerCase();
  return formats.filter(({ hints }) => hints.some((hint) => lower.includes(hint)));
}

/** As `credentialIn`, for the value of something whose name may say that it is sensitive. */
export function credentialUnder(name: string, text: string): string | undefined {
  const seen = isNamedDigest(name, text) ? undefined : credentialIn(text);
  if (seen !== undefined || !sensitiveName.test(name) || isPublicText(text)) return seen;
  return /^\S{8,}$/.test(text) && !/^[a-z]+:\/\/|^arn:/.test(text) && characterKinds(text) >= 2
    ? "the value of something sensitive"
    : undefined;
}

/** Where in a text credentials of a known format begin. */
export function credentialOffsets(
  text: string,
): readonly { readonly offset: number; readonly what: string }[] {
  if (!anyHint.test(text)) return [];
  return formatsHintedIn(text).flatMap(({ what, pattern }) =>
    [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map((match) => ({
      offset: match.index,
      what,
    })),
  );
}

/** The text when an error may repeat it; undefined when it is long, or could be a credential. */
export function redact(text: string): string | undefined {
  return text.length <= 120 && /^[\x20-\x7e]*$/.test(text) && credentialIn(text) === undefined
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
