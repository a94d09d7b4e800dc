import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { OperationError } from "../operations/operationError";

/** As CloudTrail names its log files, and as people name JSON lines. */
const logFile = /\.jsonl?(?:\.gz)?$/;

/** Digests say that log files were not changed; they hold no records. */
const digests = /(?:^|[\\/])CloudTrail-Digest[\\/]/;

/**
 * The files given, with those of folders (such as a copy of an archive's `AWSLogs`) in place of the folders, in order.
 * @throws OperationError for a folder without any
 */
export function logFilesOf(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) => {
    if (path === "-" || statSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return [path];
    const files = readdirSync(path, { recursive: true, encoding: "utf8" })
      .filter((name) => logFile.test(name) && !digests.test(name))
      .sort()
      .map((name) => join(path, name));
    if (files.length > 0) return files;
    throw new OperationError(`${path} holds no files named *.json, *.jsonl or either with .gz behind it`);
  });
}
