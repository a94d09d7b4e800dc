import { createColors } from "picocolors";
import { onOneLine } from "../../../model/yaml/oneLine";
import type { LiveAnswer } from "../../../model/proof/live/compareDeployed";
import type { UnreadAccount } from "../../../model/proof/live/deployed";
import { count } from "../../count";
import { isColoured } from "../../colour";

export interface LiveFound extends LiveAnswer {
  readonly read: readonly { readonly account: string; readonly as: string }[];
  readonly unread: readonly UnreadAccount[];
}

/** For people: what differs, then what is not decided, then what was read and what was not. In colour only on a terminal. */
export function liveReport(found: LiveFound, colour = isColoured()): string {
  const { differences, undecided, read, unread } = found;
  const colours = createColors(colour);
  return [
    ...differences.flatMap(({ kind, account, what, why, remedy }) => [
      `${colours.red(kind)}  ${account}  ${onOneLine(what)}`,
      `  ${onOneLine(why)}`,
      `  ${onOneLine(remedy)}`,
    ]),
    ...(differences.length > 0 ? [""] : []),
    ...undecided.flatMap(({ account, what, reasons, pairs }) => [
      `${colours.yellow("not decided")}  ${account}  ${onOneLine(what)}${pairs === 0 ? "" : `, ${count(pairs, "pair")}`}`,
      ...reasons.map((reason) => `  ${onOneLine(reason)}`),
    ]),
    ...(undecided.length > 0 ? [""] : []),
    ...unread.flatMap(({ account, reasons }) => [
      `${colours.red("not read")}  ${account}; nothing is said about it`,
      ...reasons.map((reason) => `  ${onOneLine(reason)}`),
    ]),
    ...read.map(({ account, as }) => `read  ${account}  as ${as}`),
    summary(found),
  ].join("\n");
}

function summary({ differences, layers, open, pairs, read, undecided }: LiveFound): string {
  if (read.length === 0) return "no account was read, so nothing is said";
  const decided = `${count(pairs, "pair")} of role and item decided, ${open} open; ${count(layers, "document")} judged`;
  const says =
    differences.length === 0 ? "nothing differs from the Plan" : count(differences.length, "difference");
  return `${decided}; ${says}${undecided.length === 0 ? "" : `; ${undecided.length} not decided`}`;
}
