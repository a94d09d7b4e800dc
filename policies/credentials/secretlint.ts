/**
 * The patterns of secretlint's recommended rules (https://github.com/secretlint/secretlint), which its maintainers keep
 * to the formats that issuers of credentials publish. Its own runner is asynchronous and meant for files; its rules for
 * text are not, so they are called as they are.
 */

interface Rule {
  readonly meta: { readonly id: string; readonly type: string };
  readonly create: (context: object, options: object) => { readonly file?: (source: object) => unknown };
}

interface Scanner {
  readonly what: string;
  readonly scan: (text: string) => boolean;
}

/** What a text looks like by these rules; undefined for none of them. Shorter texts than any pattern's are let through. */
export function knownCredential(text: string): string | undefined {
  if (text.length < shortest) return undefined;
  return (scanners ??= load()).find(({ scan }) => scan(text))?.what;
}

const shortest = 16;
let scanners: readonly Scanner[] | undefined;

/** Loaded with the first text that is long enough: most programs and every start of the pack do without. */
function load(): Scanner[] {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { rules } = require("@secretlint/secretlint-rule-preset-recommend") as {
    readonly rules: readonly Rule[];
  };
  return rules.filter(({ meta }) => meta.type === "scanner").map(scannerOf);
}

function scannerOf({ meta, create }: Rule): Scanner {
  let found = false;
  const context = {
    sharedOptions: {},
    createTranslator: () => (messageId: string) => ({ message: messageId, messageId }),
    report: () => (found = true),
    ignore: () => undefined,
  };
  const { file } = create(context, {});
  const scan = (text: string): boolean => {
    found = false;
    file?.({ filePath: "value", ext: "", contentType: "text", content: text, hasBOM: false });
    return found;
  };
  const name = meta.id.replace("@secretlint/secretlint-rule-", "");
  return { what: names[name] ?? `a credential of ${name}`, scan };
}

const names: Readonly<Record<string, string>> = {
  "1password": "a 1Password token",
  anthropic: "an Anthropic key",
  aws: "an AWS secret key",
  basicauth: "a URL with a password in it",
  "database-connection-string": "a connection string with a password in it",
  gcp: "a Google Cloud key",
  github: "a GitHub token",
  linear: "a Linear key",
  npm: "an npm token",
  openai: "an OpenAI key",
  privatekey: "a private key",
  sendgrid: "a SendGrid key",
  shopify: "a Shopify token",
  slack: "a Slack token or webhook",
};
