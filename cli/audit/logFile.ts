import type { LongLine } from "./lines";

/** What is found in a log file that is too long to be parsed at once. */
export interface LogFileUse {
  /** The text of one entry of `Records`, a view valid only during the call. */
  readonly record: (text: Buffer) => void;
  /** An entry that is longer than a record can be or no map, or whose end is missing. */
  readonly fault: () => void;
  /** It is over; `isKnown` is false for what has neither a list `Records` nor a record's keys. */
  readonly end: (isKnown: boolean) => void;
}

const [quote, backslash, colon, comma] = [34, 92, 58, 44];
const [openBrace, closeBrace, openBracket, closeBracket] = [123, 125, 91, 93];
/** What JSON takes for space. */
const spaces: ReadonlySet<number> = new Set([32, 9, 13]);

/** Longer than the keys that matter, also with every letter as an escape. */
const longestKeyBytes = 64;

/** Depth of the keys of a file's map, and of an entry of its list. */
const keyDepth = 1;
const entryDepth = 2;

/**
 * Reads the entries of `{"Records": [...]}` one by one, without holding more than one, whatever other keys stand before it.
 * Several files poured together go on behind each other's end. What is no map is passed over.
 * @param longest bytes of one entry
 */
export function logFile(longest: number, use: LogFileUse): LongLine {
  /** Whether the first byte that is no space begins a map; undefined before it. */
  let isMap: boolean | undefined;
  let [hasList, hasRecord] = [false, false];
  let depth = 0;
  let inText = false;
  /** Whether the next byte of a text is behind a backslash. */
  let escaped = false;
  /** The text of the file's map that was last, as it is written; the key that its value follows; is that list open? */
  let text = "";
  let key: string | undefined;
  let inList = false;
  /** Whether the entry at hand is none that a record can be, and was told. */
  let isOdd = false;
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

  function named(): void {
    key = read(text);
    hasRecord ||= key?.startsWith("event") === true;
  }

  function opens(byte: number, at: number): number | undefined {
    const begins = byte === openBrace && inList && depth === entryDepth;
    if (byte === openBracket && depth === keyDepth && key === "Records") [inList, hasList] = [true, true];
    depth++;
    if (!begins) return undefined;
    isOpen = true;
    return at;
  }

  /** Counts an entry of the list that is no map: a number, a text, a list. */
  function look(byte: number): void {
    if (byte === comma) isOdd = false;
    else if (!isOdd && byte !== openBrace && byte !== closeBracket && !spaces.has(byte)) {
      isOdd = true;
      use.fault();
    }
  }

  function scan(part: Buffer): void {
    let start = 0;
    let at = 0;
    while (at < part.length) {
      if (inText) {
        const end = endOfText(part, at);
        if (depth === keyDepth && text.length < longestKeyBytes)
          text += part.toString("latin1", at, Math.min(end, at + longestKeyBytes));
        at = end;
        continue;
      }
      const byte = part[at]!;
      if (inList && depth === entryDepth) look(byte);
      if (byte === quote) [inText, text] = [true, depth === keyDepth ? "" : text];
      else if (byte === openBrace || byte === openBracket) start = opens(byte, at) ?? start;
      else if (byte === closeBrace || byte === closeBracket) {
        depth = Math.max(0, depth - 1);
        if (isOpen && depth === entryDepth) {
          keep(part.subarray(start, at + 1));
          close();
        }
        if (depth < entryDepth) [inList, key] = [false, undefined];
      } else if (byte === colon && depth === keyDepth) named();
      else if (byte === comma && depth === keyDepth) key = undefined;
      at++;
    }
    if (isOpen) keep(part.subarray(start));
  }

  return {
    take(part) {
      if (isMap === undefined) {
        const first = part.find((byte) => !spaces.has(byte));
        if (first !== undefined) isMap = first === openBrace;
      }
      if (isMap === true) scan(part);
    },
    end() {
      const isRecord = hasRecord && !hasList;
      if (isOpen || isRecord) use.fault();
      use.end(hasList || isRecord);
    },
  };
}

/** A key as JSON writes it, without the quote before it; undefined for one that is too long to matter. */
function read(written: string): string | undefined {
  try {
    return JSON.parse(`"${written}`) as string;
  } catch {
    return undefined;
  }
}
