import { layout } from "./layout";
import type { ApprovedFiles } from "./normalise";

/**
 * What differs, an entry of the files each: its file and name, then the lines that went with `-` and those that came
 * with `+`. Empty where all is as approved.
 */
export function differences(approved: ApprovedFiles, now: ApprovedFiles): readonly string[] {
  return [...new Set([...approved.keys(), ...now.keys()])].flatMap((file) => {
    const [before, after] = [approved.get(file), now.get(file)];
    if (before === undefined) return [`${file}: is new`];
    if (after === undefined) return [`${file}: is gone`];
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap((name) => {
      const lines = changedLines(linesOf(before[name]), linesOf(after[name]));
      return lines.length === 0 ? [] : [[`${file}: ${name}`, ...lines].join("\n    ")];
    });
  });
}

function linesOf(entry: unknown): readonly string[] {
  return entry === undefined ? [] : layout(entry).split("\n");
}

/** By the longest run of lines that both have in this order; entries are some hundred lines at most. */
function changedLines(before: readonly string[], after: readonly string[]): readonly string[] {
  const common = before.map(() => new Array<number>(after.length + 1).fill(0));
  common.push(new Array<number>(after.length + 1).fill(0));
  for (let one = before.length - 1; one >= 0; one--)
    for (let other = after.length - 1; other >= 0; other--)
      common[one]![other] =
        before[one] === after[other]
          ? common[one + 1]![other + 1]! + 1
          : Math.max(common[one + 1]![other]!, common[one]![other + 1]!);
  const changed: string[] = [];
  let [one, other] = [0, 0];
  while (one < before.length || other < after.length) {
    if (one < before.length && before[one] === after[other]) [one, other] = [one + 1, other + 1];
    else if (
      other >= after.length ||
      (one < before.length && common[one + 1]![other]! >= common[one]![other + 1]!)
    )
      changed.push(`- ${before[one++]}`);
    else changed.push(`+ ${after[other++]}`);
  }
  return changed;
}
