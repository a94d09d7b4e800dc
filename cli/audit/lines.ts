const lineFeed = 10;

/** What becomes of a line that is longer than those handed on whole. Views of chunks: valid only during the call. */
export interface LongLine {
  /** The next part of it. */
  take(part: Buffer): void;
  /** It is over. */
  end(): void;
}

/**
 * Hands on the lines of a stream, without their line feed, as views of its chunks: valid only during the call. Memory is
 * bounded by a chunk and `longest`, however long a line.
 * @param longest bytes of a line that is handed on whole
 * @param long called where a longer one begins
 */
export async function eachLine(
  chunks: AsyncIterable<Buffer>,
  longest: number,
  use: (line: Buffer) => void,
  long: () => LongLine,
): Promise<void> {
  let parts: Buffer[] = [];
  let held = 0;
  let open: LongLine | undefined;
  const take = (part: Buffer): void => {
    held += part.length;
    if (open === undefined && held <= longest) parts.push(part);
    else {
      open ??= begin(long(), parts);
      parts = [];
      open.take(part);
    }
  };
  const end = (): void => {
    if (open !== undefined) open.end();
    else use(parts.length === 1 ? parts[0]! : Buffer.concat(parts));
    parts = [];
    held = 0;
    open = undefined;
  };
  for await (const chunk of chunks) {
    let start = 0;
    for (let feed = chunk.indexOf(lineFeed); feed >= 0; feed = chunk.indexOf(lineFeed, start)) {
      take(chunk.subarray(start, feed));
      end();
      start = feed + 1;
    }
    if (start < chunk.length) take(chunk.subarray(start));
  }
  if (held > 0) end();
}

function begin(line: LongLine, parts: readonly Buffer[]): LongLine {
  parts.forEach((part) => line.take(part));
  return line;
}
