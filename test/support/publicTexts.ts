import { createECDH, createHash, generateKeyPairSync, randomBytes } from "node:crypto";

/** Bytes as a token has them, the same in each run: what only looks random is told by a guess. */
const token = (length: number) => createHash("sha512").update("a token").digest().subarray(0, length);
const hex = (bytes: number) => randomBytes(bytes).toString("hex");

/** An OpenSSH public key of its type and parts (RFC 4253, section 6.6). */
function openSsh(type: string, ...parts: readonly Buffer[]): string {
  const fields = [Buffer.from(type), ...parts].map((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    return Buffer.concat([length, part]);
  });
  return `${type} ${Buffer.concat(fields).toString("base64")}`;
}

const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
const edwards = generateKeyPairSync("ed25519");
const vapid = createECDH("prime256v1");
vapid.generateKeys();
const pem = (key: typeof rsa.publicKey, type: "spki" | "pkcs1" = "spki") =>
  key.export({ type, format: "pem" }).toString();
const privatePem = edwards.privateKey.export({ type: "pkcs8", format: "pem" }).toString();

/** Texts that look random and are made to be published; new ones in each run. */
export const publicTexts: Readonly<Record<string, string>> = {
  "a PEM public key": pem(rsa.publicKey),
  "a PEM public key of PKCS #1": pem(rsa.publicKey, "pkcs1"),
  "a PEM public key with its line ends written out": pem(edwards.publicKey).replaceAll("\n", "\\n"),
  "a PEM public key in base 64": Buffer.from(pem(rsa.publicKey)).toString("base64"),
  "a JSON Web Key Set": JSON.stringify({ keys: [rsa.publicKey.export({ format: "jwk" })] }),
  "an ed25519 key of OpenSSH": openSsh("ssh-ed25519", randomBytes(32)),
  "an RSA key of OpenSSH with its comment": `${openSsh("ssh-rsa", Buffer.from([1, 0, 1]), randomBytes(257))} deploy@ci`,
  "an ECDSA key of OpenSSH": openSsh(
    "ecdsa-sha2-nistp256",
    Buffer.from("nistp256"),
    Buffer.concat([Buffer.from([4]), randomBytes(64)]),
  ),
  "a VAPID public key": vapid.getPublicKey().toString("base64url"),
  "a Sentry DSN": `https://${hex(16)}@o450456.ingest.de.sentry.io/4504567890`,
  "a DSN of a Sentry of one's own": `https://${hex(16)}@sentry.internal.example.com/3`,
  "a digest": `sha256:${hex(32)}`,
  "a digest of Subresource Integrity": `sha384-${randomBytes(48).toString("base64")}`,
  "a UUID": "6f1c2d3e-8b1a-4c55-9d2e-0a1b2c3d4e5f",
  "an OpenSearch host with its port": "vpc-orders-abc123def456ghi789jkl0mno1.eu-west-1.es.amazonaws.com:443",
  "an OpenSearch address": "https://search-orders-q7x2m5k9d4w8z1v6t3b0n2c7f1.eu-west-1.es.amazonaws.com/_all",
  "brokers of Kafka": "b-1.orders.a1b2c3d4e5f6.c4.kafka.eu-west-1.amazonaws.com:9094",
  "the address of a commit": `https://github.com/example/orders/commit/${hex(20)}`,
};

/** Texts that are near to those, or hold one, and are credentials. */
export const secretTexts: Readonly<Record<string, string>> = {
  "a PEM private key": privatePem,
  "a PEM private key in base 64": Buffer.from(privatePem).toString("base64"),
  "a JSON Web Key that is private": JSON.stringify(edwards.privateKey.export({ format: "jwk" })),
  "a VAPID private key": token(32).toString("base64url"),
  "a token in the armour of a certificate": `-----BEGIN CERTIFICATE-----\n${token(48).toString("base64")}\n-----END CERTIFICATE-----`,
  "a token behind the name of a type of key": `ssh-ed25519 AAAA${token(48).toString("base64")}`,
  "a token beside a public key": `${pem(edwards.publicKey)} ${token(32).toString("base64")}`,
  "a DSN with its secret": `https://${hex(16)}:${hex(16)}@sentry.example.com/1`,
  "a token in an address": `https://example.com/hook/${token(30).toString("base64url")}`,
};

/** Those of them that no reason lifts: their form is a credential's. */
export const knownSecretTexts: readonly string[] = [
  "a PEM private key",
  "a PEM private key in base 64",
  "a JSON Web Key that is private",
  "a DSN with its secret",
];

/** A number of a commit, as `git rev-parse` prints it. */
export const commit = hex(20);
