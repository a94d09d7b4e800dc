import type { Effect } from "../../../../model/changes/types";
import { effectWords, retireWords } from "../../against/words";
import type { ChangesData, PageData } from "../data/types";
import { markup, type Markup } from "../markup";
import { code, folded, section, table } from "./tables";

/** What does not widen is folded away past this many rows. */
const openRows = 20;

/** Nothing where nothing was compared. */
export function changes({ changes: all }: PageData): Markup | undefined {
  if (all === undefined) return undefined;
  return section(
    "changes",
    "What changed",
    markup`<p>Against ${code(all.base)}: ${all.counts}.</p>`,
    all.refused === undefined ? undefined : markup`<p class="outcome bad">${all.refused}.</p>`,
    lines("widened", all),
    table(
      `${retireWords}.`,
      [{ title: "Stack" }, { title: "What is gone" }],
      all.toRetire.map(({ stack, name }) => [stack, name]),
    ),
    table(
      "To be set after the deployment",
      [{ title: "Command" }, { title: "Why" }],
      all.toSet.map(({ command, why }) => [code(command), why]),
    ),
    lines("narrowed", all),
    lines("neutral", all),
    ...all.notCompared.map((words) => markup`<p>Not compared: ${words}.</p>`),
  );
}

const marks: Readonly<Record<string, string>> = { "+": "added", "-": "removed", "~": "changed" };

function lines(effect: Effect, all: ChangesData): Markup | undefined {
  const rows = all.lines[effect];
  const body = table(
    effectWords[effect],
    [{ title: "Where" }, { title: "How" }, { title: "What" }],
    rows.map(({ mark, where, text }) => [where.join(", "), marks[mark] ?? mark, text]),
  );
  if (body === undefined || effect === "widened" || rows.length <= openRows) return body;
  return folded(`${effectWords[effect]}: ${rows.length}`, body, false);
}
