import { distance } from "fastest-levenshtein";

/** The candidate a person most likely meant; undefined when none is near enough for a typing mistake. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Infinity;
  for (const candidate of candidates) {
    const steps = distance(word.toLowerCase(), candidate.toLowerCase());
    if (steps < least) [best, least] = [candidate, steps];
  }
  const limit = Math.max(1, Math.min(4, Math.floor((best ?? "").length / 2)));
  return least <= limit && best !== word ? best : undefined;
}

/** `did you mean \`x\`?` for the nearest candidate, or `otherwise` when there is none. */
export function didYouMean(word: string, candidates: Iterable<string>, otherwise: string): string {
  const near = nearest(word, candidates);
  return near === undefined ? otherwise : `did you mean \`${near}\`?`;
}
