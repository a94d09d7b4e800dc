import { createReadStream } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { auditedSources, isAudited, isRecord, type TrailRecord } from "../../model/audit/trailRecord";
import { OperationError } from "../operations/operationError";
import { eachLine } from "./lines";
import { logFile } from "./logFile";

/** Bytes read at once. */
const chunkBytes = 2 ** 20;

/**
 * Bytes of a record at most
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html). A log file
 * is one line of many; longer ones are read record by record, since a small file that is packed may be gigabytes.
 */
const longestRecordBytes = 256 * 2 ** 10;

/**
 * Most lines of a trail are about other services; these bytes are looked for before a line is parsed. Behind an escape of a
 * letter may be any of them.
 */
const needles = [...auditedSources.map((source) => Buffer.from(source)), Buffer.from("\\u00")];

/** One of them is in every line that may be without a needle: records of other services, and files of none. */
const marks = ['"eventSource"', '"Records"'].map((mark) => Buffer.from(mark));

const openingBrace = "{".charCodeAt(0);
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

export interface FileCounts {
  readonly lines: number;
  /** Lines that hold no record, and records of log files that are damaged or longer than one can be. */
  readonly unreadable: number;
}

/**
 * Hands on the records of a file, `-` for standard input: JSON lines, or log files as CloudTrail delivers them
 * (`{"Records": [...]}` on one line each); both also packed with gzip.
 * @throws OperationError for a file that cannot be read or holds nothing of that kind
 */
export async function readFileRecords(file: string, use: (record: TrailRecord) => void): Promise<FileCounts> {
  let lines = 0;
  /** Lines that are nothing of CloudTrail's. */
  let strange = 0;
  let damaged = 0;
  const stream = file === "-" ? process.stdin : createReadStream(file, { highWaterMark: chunkBytes });
  const audited = (records: readonly unknown[]) => {
    damaged += records.filter((one) => !isRecord(one)).length;
    records.filter(isAudited).forEach(use);
  };
  const line = (text: Buffer) => {
    if (isBlank(text)) return;
    lines++;
    const records = recordsOf(text);
    if (records === undefined) strange++;
    else audited(records);
  };
  const long = () =>
    logFile(longestRecordBytes, {
      record(text) {
        const records = recordsOf(text);
        if (records === undefined) damaged++;
        else audited(records);
      },
      fault: () => damaged++,
      end(isKnown) {
        lines++;
        if (!isKnown) strange++;
      },
    });
  try {
    await eachLine(withoutMark(unpacked(stream)), longestRecordBytes, line, long);
  } catch (error) {
    if (error instanceof OperationError) throw error;
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new OperationError(`${nameOf(file)} cannot be read: ${reasons[code] ?? message}`, code);
  }
  if (strange === lines) {
    throw new OperationError(
      lines === 0
        ? `${nameOf(file)} is empty; it takes CloudTrail's records, one a line, or its log files`
        : `${nameOf(file)} holds no CloudTrail records; it takes one record a line, or log files as CloudTrail delivers ` +
            "them; jq -c '.Records[]' FILE makes the first out of an indented log file, and " +
            "jq -r '.Events[].CloudTrailEvent' FILE out of what lookup-events answers",
    );
  }
  return { lines, unreadable: strange + damaged };
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EACCES: "reading it is not permitted",
  Z_BUF_ERROR: "its packed data ends too early",
  Z_DATA_ERROR: "its packed data is damaged",
};

function nameOf(file: string): string {
  return file === "-" ? "standard input" : file;
}

function isBlank(line: Buffer): boolean {
  return line.length === 0 || (line.length === 1 && line[0] === 13);
}

const none: readonly unknown[] = [];

/** Undefined for what is neither a record nor a log file. Records of services that are not audited are left out unparsed. */
function recordsOf(line: Buffer): readonly unknown[] | undefined {
  if (firstByte(line) !== openingBrace) return undefined;
  if (!needles.some((needle) => line.includes(needle))) {
    return marks.some((mark) => line.includes(mark)) ? none : undefined;
  }
  const list = line.indexOf(marks[1]!);
  // Where a map has a key twice, JSON.parse keeps the last; files that were poured together are no JSON at all.
  if (list >= 0 && line.includes(marks[1]!, list + 1))
    return entriesOf(line) ?? parsed(line.toString("utf8"));
  return parsed(line.toString("utf8"));
}

/** Spaces are no part of JSON. */
function firstByte(line: Buffer): number | undefined {
  let at = 0;
  while (line[at] === 32 || line[at] === 9) at++;
  return line[at];
}

function parsed(text: string): readonly unknown[] | undefined {
  try {
    const value = JSON.parse(text) as { Records?: unknown };
    if (Array.isArray(value.Records)) return value.Records as readonly unknown[];
    return isRecord(value) ? [value] : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The entries of every list of records in a line; undefined where it is no log file, or one is damaged. Log files end without
 * a line feed, so that several of them poured together are one line.
 */
function entriesOf(line: Buffer): readonly unknown[] | undefined {
  const entries: unknown[] = [];
  let whole = true;
  const file = logFile(line.length, {
    record(text) {
      const records = parsed(text.toString("utf8"));
      if (records === undefined) whole = false;
      else entries.push(...records);
    },
    fault: () => (whole = false),
    end: (isKnown) => (whole &&= isKnown),
  });
  file.take(line);
  file.end();
  return whole ? entries : undefined;
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

/** Some editors begin a file with a byte order mark, which is no part of its JSON. */
async function* withoutMark(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let isFirst = true;
  for await (const chunk of chunks) {
    yield isFirst && chunk.subarray(0, 3).equals(byteOrderMark) ? chunk.subarray(3) : chunk;
    isFirst = false;
  }
}

async function* rejoined(first: Buffer, rest: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
}
