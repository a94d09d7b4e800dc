import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ArchiveFile, archiveFileOf } from "../../../model/archive/archiveFile";
import { parseDigest } from "../../../model/archive/digest";
import type { DigestFile } from "../../../model/archive/judgeDigests";
import type { ArchiveCopy } from "../../../model/archive/proof";
import { OperationError } from "../../operations/operationError";
import { unpacked } from "./unpack";

/** A copy, and whether it is of all accounts or of a part below `AWSLogs`. */
export interface ReadCopy extends ArchiveCopy {
  readonly isWhole: boolean;
}

/**
 * The digests of a copy of the archive, read, and its files of records, to be read later.
 * @param folder holds `AWSLogs`, or lies in a folder of that name
 * @throws OperationError for a folder that is not there, or holds neither
 */
export async function readCopy(folder: string, show: (step: string) => void): Promise<ReadCopy> {
  const root = resolve(folder);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new OperationError(`${folder} is no folder; name a copy of the archive's AWSLogs`);
  }
  show(`looking through ${folder}`);
  const paths = new Map<string, string>();
  const files: ArchiveFile[] = [];
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const path = join(entry.parentPath, entry.name);
    const file = archiveFileOf(path.replaceAll("\\", "/"));
    if (file === undefined || path.endsWith(signatureEnding)) continue;
    paths.set(file.key, path);
    files.push(file);
  }
  const digests: DigestFile[] = [];
  const unreadable = new Map<string, string>();
  for (const file of files.filter(({ kind }) => kind === "digest")) {
    show(`reading digests: ${digests.length.toLocaleString("en")}`);
    const read = await readDigest(file, paths.get(file.key)!);
    if (typeof read === "string") unreadable.set(file.key, read);
    else digests.push(read);
  }
  if (digests.length === 0 && unreadable.size === 0) throw new OperationError(noDigests(folder));
  return {
    digests,
    unreadable,
    records: files.filter(({ kind }) => kind === "records"),
    hashOf: (file) => unpacked(paths.get(file.key)!),
    isWhole: !/[\\/]AWSLogs[\\/](?:o-[a-z0-9]+[\\/])?\d{12}(?:[\\/]|$)/.test(root),
  };
}

/** Of a file beside a digest that holds its signature, which a copy loses. */
const signatureEnding = ".signature";

async function readDigest(file: ArchiveFile, path: string): Promise<DigestFile | string> {
  const { key, chain } = file;
  const read = await unpacked(path, true);
  if ("problem" in read) return read.problem;
  const digest = parseDigest(read.text ?? "");
  if (digest === undefined || chain === undefined) return "it is no digest of CloudTrail's";
  const beside = `${path}${signatureEnding}`;
  const signature = existsSync(beside) ? readFileSync(beside, "utf8").trim() : undefined;
  return { key, chain, hash: read.hash, digest, ...(signature !== undefined && { signature }) };
}

function noDigests(folder: string): string {
  return (
    `${folder} holds no digests, by which files are proven; copy AWSLogs with all of its folders, CloudTrail-Digest among them ` +
    "(aws s3 sync s3://BUCKET/AWSLogs AWSLogs), and name that folder or one below it"
  );
}
