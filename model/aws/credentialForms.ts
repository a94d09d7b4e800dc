/** The mark of one issuer's credentials, or of a way to write them down. */
export interface CredentialForm {
  /** What an error or a finding calls it. */
  readonly what: string;
  /** One of these is in every such text, in lower case, so that most texts are not searched at all. */
  readonly hints: readonly string[];
  readonly pattern: RegExp;
}

/**
 * A value that only says where a credential is: an ARN, a path of names as a secret's, what AWS or a shell puts in its
 * place.
 */
const placeholder = String.raw`[${"$"}{<*/\x60]|arn:|[a-z][a-z0-9-]*(?:\/[a-z0-9-]+)+(?![^\s"';&,])`;

/** What a form is called that goes by a name in the text: whoever reads names by other means can say it better. */
export const passwordBehindName = "a password behind its name";

/** As they are called. */
export const awsKeyForms = ["an AWS access key", "an AWS session key"] as const;

/**
 * Forms that issuers give their credentials so that they are found, and forms in which passwords are written down. Each
 * is decided by its shape alone, whatever it stands in; the more precise of two that fit comes first.
 */
export const credentialForms: readonly CredentialForm[] = [
  {
    what: "a private key",
    hints: ["private key", "age-secret-key", "ls0tls1crudjti", '"kty"'],
    // The last two: the first in base 64, where `PRIVATE` has one of three forms; a JSON Web Key with a private member.
    pattern:
      /-----BEGIN\s?(?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----|\bAGE-SECRET-KEY-1[0-9A-Z]{20,}|LS0tLS1CRUdJTi[A-Za-z0-9+/]{0,30}(?:UFJJVkFUR|BSSVZBVE|QUklWQVRF)|\{(?=[^{}]*"kty"\s*:)[^{}]*"(?:d|k|p|q|dp|dq|qi)"\s*:\s*"[\w-]{16,}/,
  },
  {
    what: awsKeyForms[0],
    hints: ["akia", "abia", "acca"],
    pattern: /(?<![A-Za-z0-9])(?:AKIA|ABIA|ACCA)[A-Z0-9]{16}(?![A-Za-z0-9])/,
  },
  {
    what: awsKeyForms[1],
    hints: ["asia"],
    pattern: /(?<![A-Za-z0-9])ASIA[A-Z0-9]{16}(?![A-Za-z0-9])/,
  },
  {
    what: "an AWS secret key",
    hints: ["secret"],
    pattern: /secret_?(?:access_?)?key["']?\s*(?::|=>|=)\s*["']?[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/i,
  },
  {
    what: "a GitHub token",
    hints: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_"],
    pattern:
      /(?<![A-Za-z])(?:gh[pousr]_(?:[A-Za-z0-9]{30,}|(?=[A-Za-z_]{0,40}\d)[A-Za-z0-9_]{36,})|github_pat_[A-Za-z0-9_]{22,})/,
  },
  {
    what: "a GitLab token",
    hints: ["gl"],
    pattern: /(?<![A-Za-z0-9])gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat)-[A-Za-z0-9_-]{20,}/,
  },
  {
    what: "a Slack token",
    hints: ["xox", "xapp-"],
    pattern: /(?<![A-Za-z0-9])(?:xox[abceoprs]-[A-Za-z0-9-]{10,}|xapp-\d-[A-Za-z0-9-]{10,})/,
  },
  {
    what: "a webhook address with its secret",
    hints: ["hooks.slack.com/"],
    pattern:
      /\bhooks\.slack\.com\/(?:(?:services|workflows)\/[A-Za-z0-9/_-]{20,}|services\/T\w+\/B\w+\/\w+)/i,
  },
  {
    what: "a Stripe key",
    hints: ["_live_", "_test_", "whsec_"],
    pattern: /(?<![A-Za-z0-9])(?:(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{10,}|whsec_[A-Za-z0-9+/=]{20,})/,
  },
  {
    what: "a Google API key",
    hints: ["aiza"],
    pattern: /(?<![A-Za-z0-9])AIza[A-Za-z0-9_-]{35}/,
  },
  {
    what: "a Google key",
    hints: ["gocspx-", "ya29."],
    pattern: /(?<![A-Za-z0-9])(?:GOCSPX-[A-Za-z0-9_-]{20,}|ya29\.[A-Za-z0-9_-]{20,})/,
  },
  {
    what: "a SendGrid key",
    hints: ["sg."],
    pattern: /(?<![A-Za-z])SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}/,
  },
  {
    what: "an API key",
    hints: ["sk-", "lin_api_", "shp", "ops_ey"],
    pattern:
      /(?<![A-Za-z])(?:sk-(?=[A-Za-z_-]{0,100}\d)[A-Za-z0-9_-]{24,}|lin_api_[A-Za-z0-9_]{32,}|shp(?:at|ca|pa|ss)_[A-Za-z0-9]{32,}|ops_ey[A-Za-z0-9+/=]{100,})/,
  },
  {
    what: "an API key",
    hints: ["sk", "key-", "dapi", "pul-", "_v1_", ":aa"],
    pattern:
      /(?<![A-Za-z0-9])(?:SK[0-9a-f]{32}\b|key-[0-9a-f]{32}\b|dapi[0-9a-f]{32}\b|pul-[0-9a-f]{40}\b|do[opr]_v1_[a-f0-9]{64}\b|\d{8,10}:AA[A-Za-z0-9_-]{33})/,
  },
  {
    what: "an npm token",
    hints: ["npm_", "_auth", "_password"],
    pattern: /(?<![A-Za-z])npm_[A-Za-z0-9_]{36}|\b_(?:authToken|auth|password)\s*=\s*["']?(?![\s"'${<*])\S+/,
  },
  {
    what: "a registry token",
    hints: ["pypi-", "dckr_"],
    pattern: /(?<![A-Za-z0-9])(?:pypi-[A-Za-z0-9_-]{50,}|dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,})/,
  },
  {
    what: "a Vault token",
    hints: ["hvs.", "hvb.", "hvr.", ".atlasv1."],
    pattern: /(?<![A-Za-z0-9])(?:hv[sbr]\.[A-Za-z0-9_-]{24,}|[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_-]{60,})/,
  },
  {
    what: "an Azure key",
    hints: ["sig=", "q~"],
    pattern:
      /[?&]sig=[A-Za-z0-9%+/]{40,}|(?<![A-Za-z0-9])[A-Za-z0-9_~.-]{3}\dQ~[A-Za-z0-9_~.-]{31,34}(?![A-Za-z0-9])/,
  },
  {
    what: "a signed token",
    hints: ["eyj"],
    // A long header is found from its end: looked for from each of many beginnings it would take minutes.
    pattern:
      /(?:(?<![A-Za-z0-9])eyJ[\w-]{10,200}|(?=\.eyJ)(?<=(?<![A-Za-z0-9])eyJ[\w-]{200,}))\.eyJ[\w-]{10,}\.[\w-]*/,
  },
  {
    what: "a URL with a password in it",
    hints: ["://", "jdbc:oracle:"],
    // A text of JSON ends at its quotation mark: what stands behind it is no part of the URL.
    pattern:
      /(?<![a-z])[a-z][a-z0-9+.-]{0,20}:\/\/(?:(?!"[,}\]:])[^\s/:@])*:(?![${<*])(?:(?!\$\{|\{\{|"[,}\]:])[^\s/@])+@|\bjdbc:oracle:\w+:[^\s/:@]+\/(?![${<*])[^\s/@]{3,}@/i,
  },
  {
    what: "a connection string with a password in it",
    hints: ["=", "password", "pwd", "@tcp", "@unix"],
    // The second is how Go's driver for MySQL is told: https://github.com/go-sql-driver/mysql#dsn-data-source-name
    pattern:
      /(?:^|[;\s?&])(?:password|pwd)\s*=\s*[^\s;&,"'${}<>*]{3,}|(?<![^\s"'=])[^\s:@/"'=]{1,80}:(?![${<*])[^\s@/]{3,200}@(?:tcp|unix)\(/i,
  },
  {
    what: passwordBehindName,
    hints: ["=", '":', "':", '" :'],
    pattern: new RegExp(
      String.raw`(?:password|passwd|pwd|passphrase|(?:api|access|account)[_-]?key)${behind("[${<*/`]")}` +
        String.raw`|(?:secret|token)${behind(placeholder)}`,
      "i",
    ),
  },
  {
    what: "an authorization header",
    hints: ["bearer ", "basic "],
    // Behind the header's name any value is one.
    pattern:
      /\b(?:Bearer|Basic)\s+(?=\S*\d)[A-Za-z0-9+/=_.-]{16,}|\b[Aa]uthorization["']?\s*[:=]\s*["']?(?:[Bb]earer|[Bb]asic)\s+[A-Za-z0-9+/=_.-]{6,}/,
  },
];

/** A value of six characters or more behind a name, with or without quotes, that does not begin with one of these. */
function behind(unlike: string): string {
  return String.raw`(?:["']?\s*=>?\s*["']?|["']\s*:\s*["'])(?!${unlike})[^\s"';&,]{6,}`;
}

const anyHint = new RegExp(
  credentialForms
    .flatMap(({ hints }) => hints)
    .map((hint) => hint.replace(/[.?]/g, "\\$&"))
    .join("|"),
  "i",
);

function formsHintedIn(text: string): readonly CredentialForm[] {
  if (!anyHint.test(text)) return [];
  const lower = text.toLowerCase();
  return credentialForms.filter(({ hints }) => hints.some((hint) => lower.includes(hint)));
}

/** What a text holds, when it holds a credential of a known form: `an AWS access key`. Never the text itself. */
export function knownCredentialIn(text: string): string | undefined {
  return formsHintedIn(text).find(({ pattern }) => pattern.test(text))?.what;
}

/**
 * Which key of an AWS account a text holds, if any. Whatever would use it can run by a role in its place.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
 */
export function awsKeyIn(text: string): string | undefined {
  const what = formsHintedIn(text)
    .filter(({ pattern }) => pattern.test(text))
    .map((form) => form.what);
  return awsKeyForms.find((form) => what.includes(form));
}

/** Where in a text credentials of a known form begin, each piece of it told once. */
export function credentialOffsets(
  text: string,
): readonly { readonly offset: number; readonly what: string }[] {
  const found: { offset: number; end: number; what: string }[] = [];
  for (const { what, pattern } of formsHintedIn(text)) {
    for (const { index, 0: piece } of text.matchAll(new RegExp(pattern, `${pattern.flags}g`))) {
      const end = index + piece.length;
      if (!found.some((other) => index < other.end && other.offset < end))
        found.push({ offset: index, end, what });
    }
  }
  return found.map(({ offset, what }) => ({ offset, what }));
}
