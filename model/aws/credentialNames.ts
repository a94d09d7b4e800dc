/** Does a name, in any spelling, announce a credential: `DB_PASSWORD`, `stripeSecretKey`, `oauth-token`? */
export function isCredentialName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1);
  if (last === undefined || describing.has(last)) return false;
  if (lastWords.has(last) || words.some((word) => credentialWords.has(word))) return true;
  return words.some((word, at) => {
    const next = words[at + 1];
    return next !== undefined && credentialPairs.has(`${word} ${next}`);
  });
}

const credentialWords = new Set([
  "password",
  "passwords",
  "passwd",
  "passphrase",
  "passcode",
  "pwd",
  "pass",
  "pw",
  "secret",
  "secrets",
  "token",
  "tokens",
  "credential",
  "credentials",
  "creds",
  "apikey",
  "secretkey",
  "privatekey",
  "accesskey",
  "authtoken",
  "accesstoken",
  "bearer",
  "pgpassword",
  "dsn",
]);

/** Words that say it at the end of a name alone. */
const lastWords = new Set(["authorization", "pin", "private"]);

const credentialPairs = new Set([
  "api key",
  "access key",
  "private key",
  "signing key",
  "encryption key",
  "secret key",
  "auth key",
  "account key",
  "master key",
  "license key",
  "webhook key",
  "connection string",
  "client key",
  "session key",
  "shared key",
  "ssh key",
  "deploy key",
]);

/** A name that ends in one of these says something about a credential and holds none. */
const describing = new Set([
  "address",
  "age",
  "algorithm",
  "alias",
  "arn",
  "arns",
  "audience",
  "backend",
  "bucket",
  "column",
  "cookie",
  "count",
  "days",
  "dir",
  "directory",
  "domain",
  "enabled",
  "endpoint",
  "engine",
  "environment",
  "expiration",
  "expires",
  "expiry",
  "field",
  "file",
  "filename",
  "format",
  "header",
  "host",
  "hours",
  "id",
  "interval",
  "issuer",
  "length",
  "level",
  "lifetime",
  "limit",
  "manager",
  "max",
  "min",
  "minutes",
  "mode",
  "name",
  "names",
  "path",
  "paths",
  "period",
  "policy",
  "prefix",
  "provider",
  "realm",
  "region",
  "required",
  "role",
  "rotation",
  "schedule",
  "scope",
  "scopes",
  "seconds",
  "service",
  "size",
  "source",
  "stage",
  "state",
  "status",
  "store",
  "suffix",
  "table",
  "timeout",
  "ttl",
  "type",
  "uri",
  "url",
  "user",
  "username",
  "version",
  "window",
]);

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
}
