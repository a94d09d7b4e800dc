import { type Manifest, problemAt } from "../manifest";
import type { Problem } from "../../problem";
import type { Path } from "../tree";

/** Entries of a list that stand there more than once. */
export function repeatedEntries(
  manifest: Manifest,
  path: Path,
  list: readonly (string | undefined)[] | undefined,
): readonly Problem[] {
  return (list ?? []).flatMap((entry, index) =>
    entry === undefined || list!.indexOf(entry) === index
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
