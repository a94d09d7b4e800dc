import { count } from "../../../count";
import type { PageData } from "../data/types";
import { markup, type Markup } from "../markup";
import { number } from "./tables";

/** What the page comes to, in one line and a few numbers. */
export function summary(data: PageData): Markup {
  const wrong = wrongOf(data);
  const outcome =
    wrong.length === 0
      ? markup`<p class="outcome good">Nothing is refused, and who can read what is as manifests and settings say.</p>`
      : markup`<p class="outcome bad">${wrong.join("; ")}.</p>`;
  const tiles = numbersOf(data).map(
    ([name, value]) => markup`<div><dt>${name}</dt><dd>${number(value)}</dd></div>`,
  );
  return markup`${outcome}
<dl class="numbers">
${tiles}
</dl>`;
}

function wrongOf({ findings, access, changes }: PageData): readonly string[] {
  const refused = findings.filter(({ level }) => level === "refused").length;
  const other =
    "undecided" in access ? 0 : access.unexpected.length + access.weakened.length + access.openers.length;
  return [
    ...(refused > 0 ? [`${count(refused, "finding")} of policies refuse this`] : []),
    ...("undecided" in access ? ["who can read what was not decided"] : []),
    ...(other > 0
      ? [`${count(other, "finding")}: who can read what is not as manifests and settings say`]
      : []),
    ...(changes?.refused === undefined ? [] : [changes.refused]),
  ];
}

function numbersOf({
  services,
  accounts,
  access,
  rules,
  findings,
  changes,
}: PageData): readonly [string, number][] {
  const widened = changes?.lines.widened.reduce((sum, { where }) => sum + where.length, 0);
  return [
    ["services", services.length],
    ["accounts", accounts.length],
    ...("undecided" in access
      ? []
      : ([
          ["pairs of role and item decided", access.pairs],
          ["of them open", access.grants],
          ["documents that hold by themselves", access.layers - access.weakened.length],
        ] as [string, number][])),
    ["policies", rules],
    ["refused", findings.filter(({ level }) => level === "refused").length],
    ["advice", findings.filter(({ level }) => level === "advice").length],
    ...(widened === undefined ? [] : ([["widened", widened]] as [string, number][])),
  ];
}
