import fc from "fast-check";

/** Made-up credentials of one form, as its issuer publishes it, in every way that the form leaves open. */
export interface IssuedForm {
  readonly what: string;
  readonly texts: fc.Arbitrary<string>;
}

const base64 = (size: number) => fc.stringMatching(new RegExp(`^[A-Za-z0-9+/]{${size}}$`));
const word = (least: number, most = least) =>
  fc.stringMatching(new RegExp(`^[A-Za-z0-9]{${least},${most}}$`));
const password = fc.stringMatching(/^[A-Za-z0-9]{6,20}[-_!.][A-Za-z0-9]{3,10}$/);
const login = fc.stringMatching(/^[a-z]{2,10}-[a-z0-9]{2,10}$/);

/** The parts in a row, each fixed or made up. */
function row(...parts: readonly (string | fc.Arbitrary<string>)[]): fc.Arbitrary<string> {
  return fc
    .tuple(...parts.map((part) => (typeof part === "string" ? fc.constant(part) : part)))
    .map((texts) => texts.join(""));
}

const oneOf = (...texts: readonly string[]) => fc.constantFrom(...texts);

/** In base 64, lines of 64 letters or one line with `\n` written out, as JSON has it. */
const pem = (kind: string, begins: string) =>
  fc.tuple(base64(120), oneOf("\n", "\\n")).map(([body, newLine]) => {
    const label = `${kind === "" ? "" : `${kind} `}PRIVATE KEY${kind === "PGP" ? " BLOCK" : ""}`;
    return [
      `-----BEGIN ${label}-----`,
      `${begins}${body.slice(0, 50)}`,
      body.slice(50),
      `-----END ${label}-----`,
    ].join(newLine);
  });

const pemKinds: readonly (readonly [kind: string, begins: string])[] = [
  ["", "MIIEvgIBADANBgkq"],
  ["RSA", "MIIEpAIBAAKCAQEA"],
  ["DSA", "MIIBuwIBAAKBgQD"],
  ["EC", "MIHcAgEBBEIA"],
  ["OPENSSH", "b3BlbnNzaC1rZXktdjE"],
  ["PGP", "MIIEvgIBADANBgkq"],
];

const databases = oneOf(
  "mongodb",
  "mongodb+srv",
  "mysql",
  "mysqlx",
  "jdbc:mysql",
  "postgres",
  "postgresql",
  "jdbc:postgresql",
);

export const issuedForms: readonly IssuedForm[] = [
  {
    what: "access keys of AWS",
    texts: row(oneOf("AKIA", "ASIA"), fc.stringMatching(/^[A-Z2-7]{16}$/)),
  },
  {
    what: "secret keys of AWS",
    texts: row(
      oneOf("", '"', "'"),
      oneOf("AWS", "aws", "Aws", ""),
      oneOf("_", ""),
      oneOf("SECRET", "secret", "Secret"),
      oneOf("_", ""),
      oneOf("ACCESS", "access", "Access"),
      oneOf("_", ""),
      oneOf("KEY", "key", "Key"),
      oneOf("", '"', "'"),
      oneOf(": ", "=", " => ", " = ", ":"),
      oneOf("", '"', "'"),
      base64(39),
      word(1),
      "\n",
    ),
  },
  {
    what: "keys of service accounts of Google",
    texts: pem("", "MIIEvgIBADANBgkq").map((key) =>
      JSON.stringify({ type: "service_account", private_key_id: "1", private_key: key }),
    ),
  },
  ...pemKinds.map(([kind, begins]) => ({ what: `private keys in PEM: ${kind}`, texts: pem(kind, begins) })),
  {
    what: "tokens of npm in .npmrc",
    texts: row("//npm.example.com/:_authToken=", fc.uuid()),
  },
  {
    what: "tokens of npm in .npmrc of any kind",
    texts: row("//npm.example.com/:_authToken=", word(4, 30)),
  },
  { what: "tokens of npm", texts: row("npm_", word(36)) },
  {
    what: "tokens of GitHub in the address of a package",
    texts: row("https://", word(20, 40), ":x-oauth-basic@github.com/example/orders.git"),
  },
  {
    what: "a user and password in a URL",
    texts: row(
      oneOf("http", "https", "ftp", "ftps"),
      "://",
      login,
      ":",
      word(8, 20),
      "@files.example.com/orders",
    ),
  },
  {
    what: "tokens of Slack",
    texts: fc.oneof(
      row(
        oneOf("xoxb", "xoxp", "xoxa", "xoxo", "xoxr"),
        "-",
        fc.stringMatching(/^\d{10,13}$/),
        "-",
        word(24),
      ),
      row(oneOf("xoxa", "xapp", "xoxr"), "-", oneOf("1", "2"), "-", word(9, 20), "-", word(20, 40)),
      row(oneOf("xoxb", "xoxp"), "-", word(1, 3), "-", word(1, 3)),
    ),
  },
  {
    what: "webhooks of Slack",
    texts: row(
      oneOf("https://hooks.slack.com/services/T", "HTTPS://HOOKS.SLACK.COM/services/T"),
      word(1, 12),
      "/B",
      word(1, 12),
      "/",
      word(1, 24),
    ),
  },
  {
    what: "keys of SendGrid",
    texts: fc.oneof(
      row("SG.", word(22), ".", word(20), oneOf("-", "_"), word(22)),
      row("SG.", word(8, 22), ".", word(9, 43)),
    ),
  },
  { what: "tokens of Shopify", texts: row(oneOf("shppa", "shpca", "shpat", "shpss"), "_", word(32, 64)) },
  {
    what: "tokens of GitHub",
    texts: row(oneOf("ghp", "gho", "ghu", "ghs", "ghr"), "_", fc.stringMatching(/^[A-Za-z0-9_]{36}$/)),
  },
  { what: "fine-grained tokens of GitHub", texts: row("github_pat_", word(22), "_", word(59)) },
  {
    what: "keys of OpenAI",
    texts: fc.oneof(
      row("sk-", word(20), "T3BlbkFJ", word(20)),
      row("sk-", oneOf("proj", "svcacct", "admin"), "-", word(74), "T3BlbkFJ", word(74)),
      row("sk-", oneOf("proj", "svcacct", "admin"), "-", word(58), "T3BlbkFJ", word(58)),
    ),
  },
  {
    what: "keys of Anthropic",
    texts: row("sk-ant-api0", oneOf("3", "4"), "-", fc.stringMatching(/^[A-Za-z0-9_-]{93}$/), "AA"),
  },
  { what: "keys of Linear", texts: row("lin_api_", word(32, 128)) },
  {
    what: "tokens of 1Password",
    texts: fc
      .tuple(login, word(40))
      .map(([email, key]) =>
        JSON.stringify({ email: `${email}@example.com`, muk: { alg: "A256GCM", k: key }, userAuth: {} }),
      )
      .map((json) => Buffer.from(json.padEnd(0)).toString("base64"))
      .map((text) => `ops_${text}`),
  },
  {
    what: "passwords in the addresses of databases",
    texts: row(databases, "://", login, ":", password, "@db.prod.internal:5432/orders?ssl=true"),
  },
];
