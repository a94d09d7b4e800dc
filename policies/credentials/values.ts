import { knownCredential } from "./secretlint";

/** One form of a credential that secretlint's recommended rules do not know, or only in a stricter shape. */
interface Form {
  /** Short text that every such credential holds; a value without it is not tried against `pattern`. */
  readonly hint: string;
  readonly what: string;
  readonly pattern: RegExp;
}

const forms: readonly Form[] = [
  {
    hint: "-----BEGIN ",
    what: "a private key",
    pattern: /-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----/,
  },
  { hint: "KIA", what: "an AWS access key", pattern: /(?<![A-Z0-9])AKIA[A-Z2-7]{16}(?![A-Z0-9])/ },
  { hint: "SIA", what: "an AWS session key", pattern: /(?<![A-Z0-9])ASIA[A-Z2-7]{16}(?![A-Z0-9])/ },
  { hint: "glpat-", what: "a GitLab token", pattern: /glpat-[A-Za-z0-9_-]{20,}/ },
  { hint: "_live_", what: "a Stripe key", pattern: /(?:sk|rk)_live_[A-Za-z0-9]{16,}/ },
  { hint: "AIza", what: "a Google API key", pattern: /AIza[\w-]{35}/ },
  { hint: "eyJ", what: "a signed token", pattern: /eyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/ },
  {
    hint: "://",
    what: "a URL with a password in it",
    pattern: /[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:[^\s@/${}<>*]{3,}@/i,
  },
  {
    hint: "=",
    what: "a connection string with a password in it",
    pattern: /(?:^|[;\s])(?:password|pwd)\s*=\s*[^\s;${}<>*]{3,}/i,
  },
];

/** Values stand on many resources, and secretlint's rules take their time. */
const seen = new Map<string, string | undefined>();
const mostSeen = 5000;

/** What a value looks like, in words that say nothing of it; undefined when it looks like no credential. */
export function credentialIn(value: string): string | undefined {
  if (!seen.has(value)) {
    if (seen.size >= mostSeen) seen.clear();
    seen.set(value, formIn(value) ?? knownCredential(value));
  }
  return seen.get(value);
}

function formIn(value: string): string | undefined {
  return forms.find(({ hint, pattern }) => value.includes(hint) && pattern.test(value))?.what;
}

/** Does a value only say where a credential is: an ARN, a path of names, a reference that AWS resolves, a version? */
export function isReference(value: string): boolean {
  return (
    value === "" ||
    value.startsWith("arn:") ||
    value.startsWith("{{resolve:") ||
    /^\/?[a-z][a-z0-9-]*(?:\/[a-z0-9-]+)+$/.test(value) ||
    /^\$\{?[A-Za-z_]\w*\}?$/.test(value) ||
    /^[~^]?\d+\.\d+\.\d+(?:-[a-z]+\.\d+)?$/.test(value) ||
    /^(?:true|false|yes|no|on|off|none|null|\d{1,6})$/i.test(value)
  );
}
