import type { Chain } from "./archiveFile";
import type { DigestFile, Judgement } from "./judgeDigests";

/** Time of which nothing is proven. */
export interface Gap {
  readonly from: Date;
  readonly to: Date;
  readonly why: string;
}

/** What the digests of one trail prove in one region. */
export interface Coverage {
  readonly chain: Chain;
  /** Of the time looked at. */
  readonly from: Date;
  readonly to: Date;
  readonly gaps: readonly Gap[];
  /** Digests before the first one here are not in the copy, and so nothing is said of the time before. */
  readonly isCut: boolean;
}

export interface Period {
  /** @default where each chain of digests begins in the copy */
  readonly since?: Date | undefined;
  readonly until: Date;
}

/** Each hour from the beginning to the end has to have a proven digest, of hours without a record too. */
export function coverageOf(
  chain: Chain,
  files: readonly DigestFile[],
  judged: ReadonlyMap<string, Judgement>,
  { since, until }: Period,
): Coverage {
  const inOrder = [...files].sort((a, b) => a.digest.end.getTime() - b.digest.end.getTime());
  const first = inOrder[0]!.digest;
  const from = since ?? first.start;
  const gaps: Gap[] = [];
  let proven = from;
  for (const { key, digest } of inOrder) {
    if (judged.get(key) !== undefined || digest.end <= proven) continue;
    if (digest.start >= until) break;
    if (digest.start > proven) gaps.push({ from: proven, to: digest.start, why: reason(digest) });
    proven = digest.end;
  }
  if (proven < until) gaps.push({ from: proven, to: until, why: ending(inOrder, judged) });
  return { chain, from, to: until, gaps, isCut: since === undefined && first.previous !== undefined };

  /** Why nothing is proven of the time before a digest. */
  function reason({ previous }: DigestFile["digest"]): string {
    if (previous === undefined) {
      return "a chain of digests begins again behind it: recording or its validation was off, or everything was removed";
    }
    return judged.has(previous.key)
      ? `digest ${previous.key} is not proven`
      : `digest ${previous.key} is missing`;
  }
}

function ending(inOrder: readonly DigestFile[], judged: ReadonlyMap<string, Judgement>): string {
  const last = inOrder.at(-1)!;
  return judged.get(last.key) === undefined
    ? "no digest is here that is later"
    : `digest ${last.key} is not proven, and none is here that is later`;
}
