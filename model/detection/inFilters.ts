import { longestFilterPattern } from "./filterPattern";
import type { DeclaredFilter } from "./declaration";

/**
 * As few filters as have room for all parts, each of which alone would do; the second and later ones are
 * called `ID-2` and so on. A part that is too long by itself stays, for `detectionProblems` to tell.
 */
export function inFilters<Part>(
  id: string,
  parts: readonly Part[],
  pattern: (parts: readonly Part[]) => string,
): readonly DeclaredFilter[] {
  const groups: Part[][] = [];
  for (const part of parts) {
    const last = groups.at(-1);
    if (last !== undefined && pattern([...last, part]).length <= longestFilterPattern) last.push(part);
    else groups.push([part]);
  }
  return groups.map((group, index) => ({
    id: index === 0 ? id : `${id}-${index + 1}`,
    pattern: pattern(group),
  }));
}
