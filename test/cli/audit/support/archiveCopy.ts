import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** Who signs digests: CloudTrail, in these tests, or somebody who would be taken for it. */
export interface Signer {
  readonly fingerprint: string;
  readonly key: KeyObject;
  /** As ListPublicKeys gives it: DER of PKCS#1, in base64. */
  readonly publicKey: string;
}

export function signer(fingerprint: string): Signer {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const der = publicKey.export({ format: "der", type: "pkcs1" });
  return { fingerprint, key: privateKey, publicKey: der.toString("base64") };
}

const hourMs = 60 * 60 * 1000;
const bucket = "secrets-platform-trails-0a1b2c3d";

/** What one chain of digests is about. */
export interface ChainOf {
  readonly account: string;
  readonly region: string;
  readonly signer: Signer;
}

interface Written {
  readonly key: string;
  readonly content: string;
}

/** Digest and files of one hour. */
export interface Hour {
  readonly digest: Written & { readonly signature: string };
  readonly records: readonly Written[];
}

/** A folder with an archive as CloudTrail writes it, written by the rules of its user guide. */
export class ArchiveFolder {
  readonly root = mkdtempSync(join(tmpdir(), "secrets-platform-"));

  /**
   * Hours from `start` on, each with as many files of records as asked, every digest signed and naming the one before.
   * @param after the hour before, if the chain goes on
   */
  hours(
    { account, region, signer: by }: ChainOf,
    start: Date,
    filesEach: readonly number[],
    after?: Hour,
  ): readonly Hour[] {
    const made: Hour[] = [];
    let before = after;
    filesEach.forEach((files, index) => {
      const from = new Date(start.getTime() + index * hourMs);
      const to = new Date(from.getTime() + hourMs);
      const records = Array.from({ length: files }, (_, number): Written => {
        const at = new Date(from.getTime() + (number + 1) * 60_000);
        const key =
          `AWSLogs/${account}/CloudTrail/${region}/${day(at)}/` +
          `${account}_CloudTrail_${region}_${stamp(at, false)}_${suffix(account + region + at.toISOString())}.json.gz`;
        return { key, content: JSON.stringify({ Records: [{ eventID: `${at.toISOString()} ${number}` }] }) };
      });
      before = this.#digest({ account, region, signer: by }, { from, to }, records, before);
      made.push(before);
    });
    return made;
  }

  #digest(
    { account, region, signer: by }: ChainOf,
    { from, to }: { readonly from: Date; readonly to: Date },
    records: readonly Written[],
    before?: Hour,
  ) {
    const key =
      `AWSLogs/${account}/CloudTrail-Digest/${region}/${day(to)}/` +
      `${account}_CloudTrail-Digest_${region}_secrets-platform_eu-west-1_${stamp(to, true)}.json.gz`;
    const content = JSON.stringify({
      awsAccountId: account,
      digestStartTime: iso(from),
      digestEndTime: iso(to),
      digestS3Bucket: bucket,
      digestS3Object: key,
      digestPublicKeyFingerprint: by.fingerprint,
      digestSignatureAlgorithm: "SHA256withRSA",
      newestEventTime: null,
      oldestEventTime: null,
      previousDigestS3Bucket: before === undefined ? null : bucket,
      previousDigestS3Object: before?.digest.key ?? null,
      previousDigestHashValue: before === undefined ? null : sha256(before.digest.content),
      previousDigestHashAlgorithm: before === undefined ? null : "SHA-256",
      previousDigestSignature: before?.digest.signature ?? null,
      logFiles: records.map((file) => ({
        s3Bucket: bucket,
        s3Object: file.key,
        hashValue: sha256(file.content),
        hashAlgorithm: "SHA-256",
      })),
    });
    const text = [iso(to), `${bucket}/${key}`, sha256(content), before?.digest.signature ?? "null"].join(
      "\n",
    );
    const signature = sign("RSA-SHA256", Buffer.from(text), by.key).toString("hex");
    const hour: Hour = { digest: { key, content, signature }, records };
    for (const file of [hour.digest, ...records]) this.write(file.key, file.content);
    return hour;
  }

  write(key: string, content: string): void {
    this.writeBytes(key, gzipSync(content));
  }

  writeBytes(key: string, bytes: Buffer): void {
    mkdirSync(dirname(this.path(key)), { recursive: true });
    writeFileSync(this.path(key), bytes);
  }

  remove(key: string): void {
    rmSync(this.path(key), { recursive: true });
  }

  path(key: string): string {
    return join(this.root, key);
  }

  end(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** As `aws cloudtrail list-public-keys` prints them. */
export function publicKeyList(...signers: readonly Signer[]): string {
  return JSON.stringify({
    PublicKeyList: signers.map(({ fingerprint, publicKey }) => ({
      Value: publicKey,
      ValidityStartTime: "2026-01-01T00:00:00+00:00",
      ValidityEndTime: "2027-01-01T00:00:00+00:00",
      Fingerprint: fingerprint,
    })),
  });
}

function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

function iso(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

function day(time: Date): string {
  return time.toISOString().slice(0, 10).replaceAll("-", "/");
}

function stamp(time: Date, withSeconds: boolean): string {
  const digits = time.toISOString().replace(/[-:]/g, "");
  return `${digits.slice(0, withSeconds ? 15 : 13)}Z`;
}

function suffix(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
