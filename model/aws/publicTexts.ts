/**
 * Texts that look random and are made to be published, by the form that their standard or issuer gives them. A form is
 * decided by its whole shape, so that a credential does not pass for one.
 */
interface PublicForm {
  readonly pattern: RegExp;
  /** Whether a text of that shape is what it says. @default yes */
  readonly holds?: (match: RegExpExecArray | RegExpMatchArray) => boolean;
}

const forms: readonly PublicForm[] = [
  // RFC 7468: certificates, requests, revocation lists and public keys, each a DER sequence in base 64.
  {
    pattern:
      /-----BEGIN ((?:[A-Z0-9]+ )*(?:PUBLIC KEY|CERTIFICATE(?: REQUEST)?|X509 CRL|PKCS7|CMS))-----((?:[A-Za-z0-9+/=\s]|\\[nr])+)-----END \1-----/g,
    holds: ([, , body = ""]) => isDerSequence(body.replace(/\\[nr]|\s/g, "")),
  },
  // RFC 9580, section 6: an OpenPGP public key; its first packet is one with the tag 6.
  {
    pattern:
      /-----BEGIN PGP PUBLIC KEY BLOCK-----((?:[A-Za-z0-9+/=\s:.()@<>-]|\\[nr])+?)-----END PGP PUBLIC KEY BLOCK-----/g,
  },
  // RFC 4253, section 6.6: the type of the key stands in front of it, and once more inside.
  {
    pattern:
      /(?<![\w-])(ssh-(?:ed25519|rsa|dss)|ecdsa-sha2-nistp(?:256|384|521)|sk-(?:ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com) (AAAA[A-Za-z0-9+/]+={0,3})(?![\w+/=])/g,
    holds: ([, type = "", key = ""]) => {
      const bytes = Buffer.from(key, "base64");
      return bytes.length > 4 && bytes.toString("latin1", 4, 4 + bytes.readUInt32BE(0)) === type;
    },
  },
  // RFC 7517: a JSON Web Key without the members that make one private (RFC 7518, sections 6.2.2, 6.3.2 and 6.4).
  {
    pattern: /\{[^{}]*"kty"\s*:[^{}]*\}/g,
    holds: ([key]) => !/"(?:d|k|p|q|dp|dq|qi|oth)"\s*:/.test(key),
  },
  // RFC 8292, section 3.2: a VAPID public key, an uncompressed point of P-256 in base 64 for URLs.
  {
    pattern: /(?<![\w+/-])B[A-Za-z0-9_-]{86}=?(?![\w+/=-])/g,
    holds: ([key]) => Buffer.from(key, "base64url")[0] === 4,
  },
  // https://docs.sentry.io/concepts/key-terms/dsn-explainer/: the key in it lets anybody send events, and read none.
  { pattern: /\bhttps?:\/\/[0-9a-f]{32}@[a-z0-9.-]+(?::\d{1,5})?(?:\/[\w.-]+)*\/\d+(?![\w/])/g },
  // Digests, which name a content: with their algorithm, as Subresource Integrity and registries write them.
  { pattern: /\b(?:sha(?:1|224|256|384|512)|md5|h1)[:-][A-Za-z0-9+/_-]+={0,2}/gi },
  // A commit (40 hexadecimal digits, or 64) where it is said to be one, and in the address of a repository.
  {
    pattern:
      /(?<=\b(?:commit|revision|tree|blob|raw|archive|compare)[ /:=]|githubusercontent\.com\/[\w.-]+\/[\w.-]+\/)(?:[0-9a-f]{40}|[0-9a-f]{64})(?![0-9a-z])/gi,
  },
  // RFC 9562.
  { pattern: /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi },
  // Host names: whoever may look a name up sees it. Labels of one case, at least three, or with a port behind them.
  {
    pattern:
      /(?<![\w.-])(?=[a-z0-9.-]*[a-z])(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,9}[a-z]{2,24}(?::\d{1,5})?(?=$|[/\s,;?#"'\\])/g,
    holds: ([host]) => host.split(".").length > 2,
  },
];

/** The text without what is known to be public in it, each such piece a space instead. */
export function withoutPublicTexts(text: string): string {
  return forms.reduce(
    (left, { pattern, holds = () => true }) =>
      left.replace(pattern, (...found: string[]) => (holds(found as RegExpMatchArray) ? " " : found[0]!)),
    decoded(text),
  );
}

/** Whether a text is a public one altogether, or where a file is: nothing that a name could make a credential of it. */
export function isPublicText(text: string): boolean {
  if (text.trim() === "") return false;
  return isFilePath(text) || wrappings.some((wrapping) => wrapping.test(withoutPublicTexts(text)));
}

/** What may stand around public texts: nothing, a list's commas, whose key it is, the map of a JSON Web Key Set. */
const wrappings = [/^(?:[\s,;]|\\n)*$/, /^ (?:\s[\w.@-]+)?\s*$/, /^\s*\{\s*"keys"\s*:\s*\[[\s,]*\]\s*\}\s*$/];

/** Whether a text is the number of a commit or a digest, under a name that says it is one. */
export function isNamedDigest(name: string, text: string): boolean {
  return /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(text) && digestName.test(name);
}

const digestName =
  /(?:^|[-_./])(?:commit|git|sha|sha1|sha256|md5|revision|rev|ref|digest|checksum|hash|fingerprint|thumbprint|etag|release|build|version)(?:$|[-_./])/i;

/**
 * Whether a text is the path of a file, as a mounted key has: of lower-case names from the root on, or with the ending of
 * a kind of file.
 */
export function isFilePath(text: string): boolean {
  return (
    /^(?:~|\.{1,2})?(?:\/[a-z0-9._-]*[a-z][a-z0-9._-]*){2,}$/.test(text) ||
    /^(?:~|\.{1,2})?(?:\/[\w.-]+)+\.(?:json|pem|crt|cer|key|pub|p12|pfx|jks|txt|ya?ml|conf|cfg|ini|toml|properties|env)$/.test(
      text,
    )
  );
}

/** PEM in base 64 once more, as some settings want it on one line. */
function decoded(text: string): string {
  return text.replace(/(?<![\w+/])LS0tLS1CRUdJTi[A-Za-z0-9+/]{40,}={0,2}/g, (inner) =>
    Buffer.from(inner, "base64").toString("latin1"),
  );
}

/** DER begins a sequence with 0x30, and says its length, which has to be what follows. */
function isDerSequence(base64: string): boolean {
  const bytes = Buffer.from(base64, "base64");
  const [tag, length = 0] = bytes;
  if (tag !== 0x30) return false;
  if (length < 0x80) return bytes.length === 2 + length;
  const octets = length & 0x7f;
  if (octets === 0 || octets > 4 || bytes.length < 2 + octets) return false;
  return bytes.length === 2 + octets + bytes.readUIntBE(2, octets);
}
