import { createHash } from "node:crypto";
import { readFile, stat } from "node:fs/promises";
import { createGunzip } from "node:zlib";

/** A file's content: its hash, and itself where it is asked for. */
export type Unpacked = { readonly hash: string; readonly text?: string } | { readonly problem: string };

/** A digest names the files of an hour, of which there are some hundreds at most. */
const longestDigestBytes = 64 * 2 ** 20;

/** CloudTrail's files have some 50 MB at most before they are packed. */
const longestFileBytes = 256 * 2 ** 20;

/**
 * Reads a gzip file and takes the SHA-256 of what is in it, as it goes: nothing of it is kept but a digest's text.
 * Bytes behind the packed data, which readers may take for more of it, are a problem.
 */
export async function unpacked(path: string, withText = false): Promise<Unpacked> {
  const hash = createHash("sha256");
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    const { size } = await stat(path);
    if (size > longestFileBytes) return { problem: "it is larger than any file of CloudTrail's" };
    const gunzip = createGunzip();
    gunzip.end(await readFile(path));
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      hash.update(chunk);
      length += chunk.length;
      if (!withText) continue;
      if (length > longestDigestBytes) return { problem: "it is larger than any digest" };
      chunks.push(chunk);
    }
    if (gunzip.bytesWritten !== size) return { problem: "there is more in it than its packed data" };
  } catch (error) {
    return { problem: problemOf(error as NodeJS.ErrnoException) };
  }
  const digest = { hash: hash.digest("hex") };
  return withText ? { ...digest, text: Buffer.concat(chunks).toString("utf8") } : digest;
}

function problemOf({ code = "", message }: NodeJS.ErrnoException): string {
  return `it cannot be unpacked (${reasons[code] ?? message})`;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: "reading it is not permitted",
  ENOENT: "it is gone",
  Z_BUF_ERROR: "its packed data ends too early",
  Z_DATA_ERROR: "its packed data is damaged",
};
