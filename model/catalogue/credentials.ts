/** Formats by which issuers mark their credentials, with the words an error uses for them. */
const formats: readonly (readonly [what: string, format: RegExp])[] = [
  ["a private key", /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\bAGE-SECRET-KEY-1[0-9A-Z]{20,}/],
  ["an AWS access key", /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/],
  ["a GitHub token", /\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{22,}/],
  ["a GitLab token", /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[A-Za-z0-9_-]{20,}/],
  ["a Slack token", /\bxox[abceoprs]-[A-Za-z0-9-]{10,}|\bxapp-\d-[A-Za-z0-9-]{10,}/],
  ["a webhook address with its secret", /\bhooks\.slack\.com\/(?:services|workflows)\/[A-Za-z0-9/_-]{20,}/],
  ["a Stripe key", /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|\bwhsec_[A-Za-z0-9+/=]{20,}/],
  ["a Google key", /\bAIza[A-Za-z0-9_-]{35}|\bGOCSPX-[A-Za-z0-9_-]{20,}|\bya29\.[A-Za-z0-9_-]{20,}/],
  ["an API key", /\bsk-(?:[a-z]+[0-9]*-)*[A-Za-z0-9_-]{20,}|\bSG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/],
  ["an API key", /\bSK[0-9a-f]{32}\b|\bkey-[0-9a-f]{32}\b|\bdapi[0-9a-f]{32}\b|\bpul-[0-9a-f]{40}\b/],
  [
    "an API key",
    /\bshp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}\b|\bdo[opr]_v1_[a-f0-9]{64}\b|\b\d{8,10}:AA[A-Za-z0-9_-]{33}/,
  ],
  [
    "a registry token",
    /\bnpm_[A-Za-z0-9]{36}|\bpypi-[A-Za-z0-9_-]{50,}|\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}/,
  ],
  ["a Vault token", /\bhv[sbr]\.[A-Za-z0-9_-]{24,}|\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,}/],
  ["a JSON web token", /\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/],
  ["an address with a password", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/:@]*:(?![${<*])[^\s/@]+@/i],
  [
    "a password behind its name",
    /(?:password|passwd|pwd|passphrase|secret|token|api[_-]?key|access[_-]?key|account[_-]?key|shared[_-]?access[_-]?key)["']?\s*=\s*["']?(?![${<*])[^\s"';&,]{6,}/i,
  ],
  ["an authorization header", /\b(?:Bearer|Basic)\s+(?=\S*\d)[A-Za-z0-9+/=_.-]{16,}/],
];

/** Words at the end of a name that say its value is sensitive. */
const sensitiveName =
  /(?:^|-)(?:password|passwd|passphrase|pin|secret|token|credential|credentials|(?:api|access|private|secret|signing|encryption|master|shared)-key)$/;

/** What a text looks like, when it looks like a credential: `an AWS access key`. The text itself is never part of it. */
export function credentialIn(text: string): string | undefined {
  return knownCredentialIn(text) ?? (holdsRandomText(text) ? "a random key or token" : undefined);
}

/** As `credentialIn`, by the formats of known issuers alone. */
export function knownCredentialIn(text: string): string | undefined {
  return text.length < 8 ? undefined : formats.find(([, format]) => format.test(text))?.[0];
}

/** As `credentialIn`, for the value of something whose name may say that it is sensitive. */
export function credentialUnder(name: string, text: string): string | undefined {
  const seen = credentialIn(text);
  if (seen !== undefined || !sensitiveName.test(name)) return seen;
  return /^\S{8,}$/.test(text) && !/^[a-z]+:\/\/|^arn:/.test(text) && characterKinds(text) >= 2
    ? "the value of something sensitive"
    : undefined;
}

/** Where in a text credentials of a known format begin; also in comments. */
export function credentialOffsets(
  text: string,
): readonly { readonly offset: number; readonly what: string }[] {
  return formats.flatMap(([what, format]) =>
    [...text.matchAll(new RegExp(format, `${format.flags}g`))].map((match) => ({
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
 * names, paths and identifiers do neither. Digests and UUIDs name things and are let through.
 */
function holdsRandomText(text: string): boolean {
  const named = text
    .replace(/\bsha(?:1|256|384|512)[:-][A-Za-z0-9+/=]+/g, " ")
    .replace(/\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi, " ");
  const isAddress = /:\/\/|^arn:|^\.{0,2}\//.test(named);
  return named.split(isAddress ? /[^A-Za-z0-9_+-]+/ : /[^A-Za-z0-9_+/=-]+/).some(isRandom);
}

function isRandom(token: string): boolean {
  const text = token.replace(/=+$/, "");
  if (text.length < 20) return false;
  if (/^[0-9a-f]+$/i.test(text))
    return text.length >= 32 && /\d/.test(text) && /[a-f]/i.test(text) && evenness(text, 16) > 0.8;
  const mixed = /[a-z]/.test(text) && /[A-Z]/.test(text) && /\d/.test(text);
  if (!mixed && (text.length < 32 || !/\d/.test(text) || !/[A-Za-z]/.test(text))) return false;
  return evenness(text, 64) > 0.83 && changes(text) > 0.3;
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
