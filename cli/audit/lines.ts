import { OperationError } from "../operations/operationError";

const lineFeed = 10;

/** A log file as CloudTrail delivers it is one line of at most some 50 MB. */
const longestLineBytes = 256 * 2 ** 20;

/**
 * Hands on the lines of a stream, without their line feed, as views of its chunks: valid only during the call.
 * @throws OperationError for a line of more than 256 MiB
 */
export async function eachLine(chunks: AsyncIterable<Buffer>, use: (line: Buffer) => void): Promise<void> {
  let parts: Buffer[] = [];
  let held = 0;
  for await (const chunk of chunks) {
    let start = 0;
    for (let end = chunk.indexOf(lineFeed); end >= 0; end = chunk.indexOf(lineFeed, start)) {
      const line = chunk.subarray(start, end);
      use(parts.length === 0 ? line : Buffer.concat([...parts, line]));
      if (parts.length > 0) parts = [];
      held = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    parts.push(chunk.subarray(start));
    held += chunk.length - start;
    if (held > longestLineBytes) {
      throw new OperationError("a line has more than 256 MiB; give CloudTrail's records one a line");
    }
  }
  if (held > 0) use(Buffer.concat(parts));
}
