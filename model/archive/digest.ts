import { keyOf } from "./archiveFile";

/**
 * What CloudTrail writes each hour: which files of records it delivered, with a hash of each, and which digest came
 * before.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export interface Digest {
  /** As written, which is what is signed. */
  readonly endTime: string;
  readonly start: Date;
  readonly end: Date;
  readonly bucket: string;
  readonly object: string;
  readonly fingerprint: string;
  /** Absent in the first one after recording or validation was switched on. */
  readonly previous?: PreviousDigest;
  readonly files: readonly DigestedFile[];
}

export interface PreviousDigest {
  /** As `ArchiveFile.key`. */
  readonly key: string;
  /** SHA-256 of its content, unpacked, in hexadecimal. */
  readonly hash: string;
  /** RSA signature in hexadecimal. */
  readonly signature: string;
}

export interface DigestedFile {
  /** As `ArchiveFile.key`. */
  readonly key: string;
  /** SHA-256 of its content, unpacked, in hexadecimal. */
  readonly hash: string;
}

/** Undefined for a text that is no digest. */
export function parseDigest(text: string): Digest | undefined {
  const value = parsed(text);
  if (value === undefined) return undefined;
  const start = new Date(String(value["digestStartTime"]));
  const end = new Date(String(value["digestEndTime"]));
  const files = value["logFiles"] ?? [];
  const texts = ["digestEndTime", "digestS3Bucket", "digestS3Object", "digestPublicKeyFingerprint"];
  if (texts.some((name) => typeof value[name] !== "string")) return undefined;
  if (Number.isNaN(start.getTime()) || Number.isNaN(end.getTime()) || !Array.isArray(files)) return undefined;
  const previous = previousOf(value);
  const digested = (files as unknown[]).map(fileOf);
  if (digested.includes(undefined)) return undefined;
  return {
    endTime: String(value["digestEndTime"]),
    start,
    end,
    bucket: String(value["digestS3Bucket"]),
    object: String(value["digestS3Object"]),
    fingerprint: String(value["digestPublicKeyFingerprint"]),
    ...(previous && { previous }),
    files: digested.filter((file) => file !== undefined),
  };
}

/**
 * What CloudTrail signs of a digest, with SHA-256 and RSA.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-custom-validation.html
 * @param hash SHA-256 of the digest's content, unpacked, in hexadecimal
 */
export function signedText({ endTime, bucket, object, previous }: Digest, hash: string): string {
  return [endTime, `${bucket}/${object}`, hash, previous?.signature ?? "null"].join("\n");
}

type Fields = Readonly<Record<string, unknown>>;

function previousOf(value: Fields): PreviousDigest | undefined {
  const { previousDigestS3Object: object, previousDigestHashValue: hash } = value;
  const signature = value["previousDigestSignature"];
  if (typeof object !== "string" || typeof hash !== "string" || typeof signature !== "string")
    return undefined;
  return { key: keyOf(object), hash, signature };
}

function fileOf(value: unknown): DigestedFile | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { s3Object: object, hashValue: hash } = value as Fields;
  return typeof object === "string" && typeof hash === "string" ? { key: keyOf(object), hash } : undefined;
}

function parsed(text: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Fields) : undefined;
  } catch {
    return undefined;
  }
}
