import { createPublicKey, type KeyObject, verify } from "node:crypto";
import type { Chain } from "./archiveFile";
import { type Digest, signedText } from "./digest";

/** A digest as it lies in a copy of the archive. */
export interface DigestFile {
  readonly key: string;
  readonly chain: Chain;
  /** SHA-256 of its content, unpacked, in hexadecimal. */
  readonly hash: string;
  readonly digest: Digest;
  /** From a file beside it; S3 keeps it as metadata, which a copy loses. */
  readonly signature?: string | undefined;
}

/** Public keys of CloudTrail by fingerprint. */
export type PublicKeys = ReadonlyMap<string, KeyObject>;

/** Undefined: CloudTrail wrote it as it is. Otherwise what is wrong, in words. */
export type Judgement = string | undefined;

/** DER of PKCS#1, as CloudTrail's ListPublicKeys gives it; undefined for what is none. */
export function publicKey(der: Uint8Array): KeyObject | undefined {
  try {
    return createPublicKey({ key: Buffer.from(der), format: "der", type: "pkcs1" });
  } catch {
    return undefined;
  }
}

/**
 * What each digest is worth, by its key. Its signature stands in the digest after it, or in a file beside it; whoever
 * hands a signature on need not be trusted, since only CloudTrail can have made it.
 */
export function judgeDigests(files: readonly DigestFile[], keys: PublicKeys): ReadonlyMap<string, Judgement> {
  const signatures = new Map<string, string[]>();
  const hashes = new Map<string, string>();
  const note = (key: string, signature: string) =>
    signatures.set(key, [...(signatures.get(key) ?? []), signature]);
  for (const { key, digest, signature } of files) {
    if (signature !== undefined) note(key, signature);
    if (digest.previous === undefined) continue;
    note(digest.previous.key, digest.previous.signature);
    hashes.set(digest.previous.key, digest.previous.hash);
  }
  return new Map(files.map((file) => [file.key, judge(file)]));

  function judge(file: DigestFile): Judgement {
    const { key, digest, hash } = file;
    if (!digest.object.endsWith(key)) return `CloudTrail wrote it as ${digest.object}`;
    const given = signatures.get(key) ?? [];
    if (given.length === 0) return unsigned;
    const signer = keys.get(digest.fingerprint);
    if (signer === undefined) {
      return `it is signed by a key that is none of CloudTrail's for its region and time (${digest.fingerprint})`;
    }
    const text = Buffer.from(signedText(digest, hash));
    const isSigned = given.some((signature) =>
      verify("RSA-SHA256", text, signer, Buffer.from(signature, "hex")),
    );
    if (isSigned) return undefined;
    return hashes.get(key) === hash
      ? "its signature does not fit it"
      : "it was changed after CloudTrail signed it";
  }
}

export const unsigned = "its signature is not in this copy, as the digest after it is not";
