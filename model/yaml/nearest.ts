import { distance } from "fastest-levenshtein";

/** The candidate a person most likely meant; undefined when none is near enough for a typing mistake. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const steps = mistakes(word.toLowerCase(), candidate.toLowerCase());
    if (candidate !== word && steps < least) [best, least] = [candidate, steps];
  }
  return best !== undefined && least <= Math.max(1, Math.min(4, Math.floor(best.length / 2)))
    ? best
    : undefined;
}

/** Letters in another order, and words cut short or written out, count as one mistake. */
function mistakes(word: string, candidate: string): number {
  const short = word.length < candidate.length ? word : candidate;
  const long = word.length < candidate.length ? candidate : word;
  if (short.length >= 3 && long.startsWith(short)) return 1;
  const sorted = (text: string): string => [...text].sort().join("");
  if (short.length === long.length && sorted(short) === sorted(long)) return 1;
  return distance(word, candidate);
}

/** `did you mean \`x\`?` for the nearest candidate, or `otherwise` when there is none. */
export function didYouMean(word: string, candidates: Iterable<string>, otherwise: string): string {
  const near = nearest(word, candidates);
  return near === undefined ? otherwise : `did you mean \`${near}\`?`;
}
