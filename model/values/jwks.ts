import { type PublicJwk, thumbprint } from "./keyPair";

/**
 * A published key. `exp`, in seconds of the epoch, is on one that signs no more: until then tokens signed by it are
 * valid. Verifiers ignore a member they do not know.
 * https://www.rfc-editor.org/rfc/rfc7517#section-4
 */
export interface PublishedKey extends PublicJwk {
  readonly exp?: number;
}

/** What the parameter holds before the first key is published. */
export const emptyJwks = jwksText([]);

/** The text of a JWK set. https://www.rfc-editor.org/rfc/rfc7517#section-5 */
export function jwksText(keys: readonly PublishedKey[]): string {
  return JSON.stringify({ keys });
}

/**
 * The keys that a text publishes. Anything in it that is no public key of the platform's form is left out: a private
 * member, another algorithm, a `kid` that is not the key's own thumbprint.
 */
export function publishedKeys(text: string): readonly PublishedKey[] {
  try {
    const { keys } = JSON.parse(text) as { readonly keys?: unknown };
    return Array.isArray(keys) ? keys.filter(isPublishedKey) : [];
  } catch {
    return [];
  }
}

export interface Publication {
  /** Keys that sign, will sign next, or signed last. */
  readonly wanted: readonly PublicJwk[];
  /** What is published now. */
  readonly published: readonly PublishedKey[];
  /** Seconds of the epoch. */
  readonly now: number;
  /** Seconds that a token signed by a key may still be verified once the key signs no more. */
  readonly retainSeconds: number;
}

/**
 * What is to be published: the wanted keys, and of the published ones those whose tokens may still be valid. A key's end
 * is set when it is first found unwanted, which is later than it ceased to sign, and is never moved to later.
 */
export function nextKeys({ wanted, published, now, retainSeconds }: Publication): readonly PublishedKey[] {
  const kids = new Set(wanted.map(({ kid }) => kid));
  const latest = now + retainSeconds;
  const retained = published
    .filter(({ kid }) => !kids.has(kid))
    .map((key) => ({ ...key, exp: Math.min(key.exp ?? latest, latest) }))
    .filter(({ exp }) => exp > now);
  const once = wanted.filter(({ kid }, index) => wanted.findIndex((other) => other.kid === kid) === index);
  return [...once, ...retained];
}

function isPublishedKey(key: unknown): key is PublishedKey {
  if (typeof key !== "object" || key === null) return false;
  const { kty, crv, x, y, n, e, kid, alg, use, exp, ...others } = key as Readonly<Record<string, unknown>>;
  if (Object.keys(others).length > 0 || use !== "sig") return false;
  if (exp !== undefined && !Number.isInteger(exp)) return false;
  const form = forms.find((known) => known.alg === alg && known.kty === kty && known.crv === crv);
  const own = { crv, e, kty, n, x, y };
  const given = Object.entries(own).filter(([, member]) => member !== undefined);
  return (
    form !== undefined &&
    given.map(([name]) => name).join() === form.members &&
    given.every((member): member is [string, string] => typeof member[1] === "string") &&
    kid === thumbprint(Object.fromEntries(given))
  );
}

/** Members that make the thumbprint, in the order of their names (RFC 7638, section 3.2; RFC 8037, section 2). */
const forms = [
  { alg: "EdDSA", kty: "OKP", crv: "Ed25519", members: "crv,kty,x" },
  { alg: "ES256", kty: "EC", crv: "P-256", members: "crv,kty,x,y" },
  { alg: "RS256", kty: "RSA", crv: undefined, members: "e,kty,n" },
] as const;
