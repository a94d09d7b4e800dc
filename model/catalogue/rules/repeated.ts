import { type Manifest, problemAt } from "../reading/manifest";
import type { Problem } from "../../yaml/problem";
import type { Path } from "../../yaml/tree";

/** Entries of a list that stand there more than once. */
export function repeatedEntries(
  manifest: Manifest,
  path: Path,
  list: readonly (string | undefined)[] = [],
): readonly Problem[] {
  return list.flatMap((entry, index) =>
    entry === undefined || list.indexOf(entry) === index
      ? []
      : [
          problemAt(manifest, [...path, index], {
            found: `\`${entry}\` stands in the list a second time`,
            allowed: "an entry stands in a list once",
            remedy: "remove it",
          }),
        ],
  );
}
