import {
  createHash,
  createPrivateKey,
  createPublicKey,
  type generateKeyPairSync,
  type KeyObject,
} from "node:crypto";

/** Of tokens that a key pair signs. */
export const defaultTokenLifetime = { hours: 24, words: "24 hours" } as const;

/** Key pairs that this platform makes, by the name that a manifest gives. */
export const keyPairKinds = ["ed25519", "p-256", "rsa-3072"] as const;
export type KeyPairKind = (typeof keyPairKinds)[number];

/**
 * What signs with each: RFC 8037, section 3.1, and RFC 7518, section 3.1.
 * https://www.rfc-editor.org/rfc/rfc8037#section-3.1 https://www.rfc-editor.org/rfc/rfc7518#section-3.1
 */
export const signingAlgorithms = { ed25519: "EdDSA", "p-256": "ES256", "rsa-3072": "RS256" } as const;
export type SigningAlgorithm = (typeof signingAlgorithms)[KeyPairKind];

/** JSON fields of a key pair's secret: the key's id, the algorithm it signs by, and the private key as PKCS #8 in PEM. */
export const keyPairFields = ["kid", "alg", "privateKey"] as const;
export type KeyPairValue = Readonly<Record<(typeof keyPairFields)[number], string>>;

/** A public key as it is published: the members of RFC 7517, section 4, and those of its type, and no private one. */
export interface PublicJwk {
  readonly kty: "OKP" | "EC" | "RSA";
  readonly crv?: string;
  readonly x?: string;
  readonly y?: string;
  readonly n?: string;
  readonly e?: string;
  /** Its SHA-256 thumbprint (RFC 7638). */
  readonly kid: string;
  readonly alg: SigningAlgorithm;
  readonly use: "sig";
}

/** `node:crypto`'s. */
export interface KeySource {
  readonly generateKeyPairSync: typeof generateKeyPairSync;
}

/** A new pair, as the text that its secret holds. */
export function newKeyPair(kind: KeyPairKind, { generateKeyPairSync: generate }: KeySource): string {
  return keyPairText(privateKeyOf(kind, generate));
}

function privateKeyOf(kind: KeyPairKind, generate: KeySource["generateKeyPairSync"]): KeyObject {
  switch (kind) {
    case "ed25519":
      return generate("ed25519").privateKey;
    case "p-256":
      return generate("ec", { namedCurve: "P-256" }).privateKey;
    case "rsa-3072":
      return generate("rsa", { modulusLength: 3072 }).privateKey;
  }
}

function keyPairText(privateKey: KeyObject): string {
  const { kid, alg } = publicJwkOf(privateKey) ?? unknownKey();
  const value: KeyPairValue = {
    kid,
    alg,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
  return JSON.stringify(value);
}

/**
 * The public key of a secret's value; undefined where that is no key pair of this platform: another text, a key of
 * another kind, or one that does not go with its `kid` and `alg`. Never throws, so that no error can quote the value.
 */
export function publicKeyIn(value: string): PublicJwk | undefined {
  try {
    const { kid, alg, privateKey, ...others } = JSON.parse(value) as Partial<KeyPairValue>;
    if (privateKey === undefined || Object.keys(others).length > 0) return undefined;
    const jwk = publicJwkOf(createPrivateKey(privateKey));
    return jwk?.kid === kid && jwk?.alg === alg ? jwk : undefined;
  } catch {
    return undefined;
  }
}

/** What kind of pair a value holds, if any. */
export function keyPairKindIn(value: string): KeyPairKind | undefined {
  const alg = publicKeyIn(value)?.alg;
  return keyPairKinds.find((kind) => signingAlgorithms[kind] === alg);
}

function publicJwkOf(privateKey: KeyObject): PublicJwk | undefined {
  const { kty, crv, x, y, n, e } = createPublicKey(privateKey).export({ format: "jwk" });
  const bits = privateKey.asymmetricKeyDetails?.modulusLength;
  if (kty === "OKP" && crv === "Ed25519" && x !== undefined)
    return { kty, crv, x, kid: thumbprint({ crv, kty, x }), alg: "EdDSA", use: "sig" };
  if (kty === "EC" && crv === "P-256" && x !== undefined && y !== undefined)
    return { kty, crv, x, y, kid: thumbprint({ crv, kty, x, y }), alg: "ES256", use: "sig" };
  if (kty === "RSA" && bits === 3072 && n !== undefined && e !== undefined)
    return { kty, n, e, kid: thumbprint({ e, kty, n }), alg: "RS256", use: "sig" };
  return undefined;
}

/**
 * A key's SHA-256 thumbprint.
 * @param members the required ones alone, in the order of their names
 * https://www.rfc-editor.org/rfc/rfc7638#section-3
 */
export function thumbprint(members: Readonly<Record<string, string>>): string {
  return createHash("sha256").update(JSON.stringify(members)).digest("base64url");
}

function unknownKey(): never {
  throw new Error("a key of an unknown kind was made");
}
