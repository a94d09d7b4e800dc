import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { auditedSources, isAudited, type TrailRecord } from "../../model/audit/trailRecord";
import { OperationError } from "../operations/operationError";
import { eachLine } from "./lines";

/** Bytes read at once. */
const chunkBytes = 2 ** 20;

/** Most lines of a trail are about other services; these bytes are looked for before a line is parsed. */
const needles = auditedSources.map((source) => Buffer.from(source));

const openingBrace = "{".charCodeAt(0);
const logFileStart = Buffer.from('{"Records"');

export interface FileCounts {
  readonly lines: number;
  /** Lines that are no JSON object. */
  readonly unreadable: number;
}

/**
 * Hands on the records of a file, `-` for standard input: JSON lines, or log files as CloudTrail delivers them
 * (`{"Records": [...]}` on one line each); both also packed with gzip.
 * @throws OperationError for a file that cannot be read or holds nothing of that kind
 */
export async function readFileRecords(file: string, use: (record: TrailRecord) => void): Promise<FileCounts> {
  let lines = 0;
  let unreadable = 0;
  const stream = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: chunkBytes });
  try {
    await eachLine(unpacked(stream), (line) => {
      if (isBlank(line)) return;
      lines++;
      if (line[0] !== openingBrace) {
        unreadable++;
      } else if (needles.some((needle) => line.includes(needle))) {
        const records = recordsOf(line);
        if (records === undefined) unreadable++;
        else for (const record of records) if (isAudited(record)) use(record);
      }
    });
  } catch (error) {
    if (error instanceof OperationError) throw error;
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new OperationError(`${nameOf(file)} cannot be read: ${reasons[code] ?? message}`, code);
  }
  if (lines > 0 && unreadable === lines) {
    throw new OperationError(
      `${nameOf(file)} holds no CloudTrail records; it takes one record a line, or log files as CloudTrail delivers ` +
        `them; jq -c '.Records[]' FILE makes the first out of an indented file`,
    );
  }
  return { lines, unreadable };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "reading it is not permitted",
  EISDIR: "it is a folder; name the files in it",
  Z_BUF_ERROR: "its packed data ends too early",
  Z_DATA_ERROR: "its packed data is damaged",
};

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

function isBlank(line: Buffer): boolean {
  return line.length === 0 || (line.length === 1 && line[0] === 13);
}

function recordsOf(line: Buffer): readonly unknown[] | undefined {
  try {
    const value = JSON.parse(line.toString("utf8")) as { Records?: unknown };
    if (!line.subarray(0, logFileStart.length).equals(logFileStart)) return [value];
    return Array.isArray(value.Records) ? value.Records : undefined;
  } catch {
    return undefined;
  }
}

/** The stream, unpacked where it begins as gzip does (RFC 1952). */
async function* unpacked(stream: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  const chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  const first = await chunks.next();
  if (first.done === true) return;
  const all = rejoined(first.value, chunks);
  if (first.value[0] !== 0x1f || first.value[1] !== 0x8b) {
    yield* all;
    return;
  }
  const gunzip = createGunzip({ chunkSize: chunkBytes });
  // What goes wrong destroys the last stream, whose reader throws it.
  pipeline(Readable.from(all), gunzip, () => {});
  yield* gunzip as AsyncIterable<Buffer>;
}

async function* rejoined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
