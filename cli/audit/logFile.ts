import type { LongLine } from "./lines";

/** What is found in a log file that is too long to be parsed at once. */
export interface LogFileUse {
  /** The text of one entry of `Records`, a view valid only during the call. */
  readonly record: (text: Buffer) => void;
  /** An entry that is longer than a record can be, or whose end is missing. */
  readonly fault: () => void;
  /** It is over; `isKnown` is false for what begins neither as a log file nor as a record. */
  readonly end: (isKnown: boolean) => void;
}

const [quote, backslash] = [34, 92];
const [openBrace, closeBrace, openBracket, closeBracket] = [123, 125, 91, 93];

/** As CloudTrail begins a log file; several of them poured together go on behind each other's end. */
const beginning = /^\s*\{\s*"Records"\s*:\s*\[/;

/** Longer than any spaces in it. */
const beginningBytes = 256;

/** Depth of an entry of `Records`: within the file's map and its list. */
const entryDepth = 2;

/**
 * Reads the entries of `{"Records": [...]}` one by one, without holding more than one. What is no such file is passed over.
 * @param longest bytes of one entry
 */
export function logFile(longest: number, use: LogFileUse): LongLine {
  let head = Buffer.alloc(0);
  let isLogFile: boolean | undefined;
  let depth = 0;
  let inText = false;
  /** Whether the next byte of a text is behind a backslash. */
  let escaped = false;
  /** Parts of the entry that is open, and its bytes so far; those of one that is too long are given up. */
  let parts: Buffer[] = [];
  let bytes = 0;
  let isOpen = false;

  function keep(part: Buffer): void {
    bytes += part.length;
    if (bytes <= longest) parts.push(part);
    else parts = [];
  }

  function close(): void {
    if (bytes > longest) use.fault();
    else use.record(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
    [parts, bytes, isOpen] = [[], 0, false];
  }

  /** Where the text that is open ends, behind its quote; the part's length where it goes on. */
  function endOfText(part: Buffer, from: number): number {
    let at = from;
    if (escaped) {
      escaped = false;
      at++;
    }
    for (;;) {
      const end = part.indexOf(quote, at);
      const limit = end < 0 ? part.length : end;
      let slashes = 0;
      while (limit - slashes > at && part[limit - slashes - 1] === backslash) slashes++;
      if (end < 0) {
        escaped = slashes % 2 === 1;
        return part.length;
      }
      at = end + 1;
      if (slashes % 2 === 0) {
        inText = false;
        return at;
      }
    }
  }

  function scan(part: Buffer): void {
    let start = 0;
    let at = 0;
    while (at < part.length) {
      if (inText) {
        at = endOfText(part, at);
        continue;
      }
      const byte = part[at]!;
      if (byte === quote) inText = true;
      else if (byte === openBrace || byte === openBracket) {
        if (byte === openBrace && depth === entryDepth) [isOpen, start] = [true, at];
        depth++;
      } else if (byte === closeBrace || byte === closeBracket) {
        depth = Math.max(0, depth - 1);
        if (isOpen && depth === entryDepth) {
          keep(part.subarray(start, at + 1));
          close();
        }
      }
      at++;
    }
    if (isOpen) keep(part.subarray(start));
  }

  function decide(): void {
    isLogFile = beginning.test(head.toString("latin1"));
    const before = parts;
    parts = [];
    if (isLogFile) before.forEach(scan);
  }

  return {
    take(part) {
      if (isLogFile === undefined) {
        head = Buffer.concat([head, part.subarray(0, beginningBytes)]);
        if (head.length < beginningBytes) {
          // Shorter than what it takes to tell; the line is longer, so more comes.
          parts.push(part);
          return;
        }
        decide();
      }
      if (isLogFile === true) scan(part);
    },
    end() {
      if (isLogFile === undefined) decide();
      const isRecord = isLogFile !== true && /^\s*\{\s*"event/.test(head.toString("latin1"));
      if (isOpen || isRecord) use.fault();
      use.end(isLogFile === true || isRecord);
    },
  };
}
