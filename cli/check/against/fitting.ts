/** A part of a report, such as a table: what stands before its rows, the rows, and what stands behind them. */
export interface Part {
  readonly open: string;
  readonly rows: readonly string[];
  readonly close: string;
}

/**
 * Most that the comment of a pull request holds. Counted here as bytes of UTF-8, which are as many as characters or more.
 * https://github.com/orgs/community/discussions/27190
 */
export const mostCommentBytes = 2 ** 16;

/** For the line that says what was left out. */
const reserved = 300;

/** Parts one after the other, as many of their rows as fit, and how many were left out. */
export function fitting(
  parts: readonly Part[],
  most = mostCommentBytes,
): { readonly text: string; readonly leftOut: number } {
  const texts: string[] = [];
  let room = most - reserved;
  let leftOut = 0;
  for (const { open, rows, close } of parts) {
    const frame = bytesOf(open) + bytesOf(close);
    let kept = 0;
    let used = frame;
    while (kept < rows.length && used + bytesOf(rows[kept]!) <= room) used += bytesOf(rows[kept++]!);
    leftOut += rows.length - kept;
    if (kept === 0 && (rows.length > 0 || frame > room)) continue;
    texts.push(open, ...rows.slice(0, kept), close);
    room -= used;
  }
  return { text: texts.filter((text) => text !== "").join("\n"), leftOut };
}

/** With its line end. */
function bytesOf(text: string): number {
  return Buffer.byteLength(text, "utf8") + 1;
}
