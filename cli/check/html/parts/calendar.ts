import { count } from "../../../count";
import type { CadenceData, PageData } from "../data/types";
import { markup, type Markup } from "../markup";
import { folded, list, section, table } from "./tables";

/** Lists of items longer than this are folded away. */
const openItems = 5;

export function calendar({ calendar: paces }: PageData): Markup {
  return section(
    "calendar",
    "Rotation and expiry",
    markup`<p>How soon each comes due at the latest, from its last rotation or the last time its value was set. When that was stands in
AWS alone: <code>${"npx platform status"}</code> asks there.</p>`,
    table(
      "What comes due, soonest first",
      [
        { title: "At the latest after" },
        { title: "What happens" },
        { title: "Set as" },
        { title: "Items", isNumber: true },
        { title: "Which" },
      ],
      paces.map(row),
    ) ?? markup`<p>Nothing rotates or expires.</p>`,
  );
}

const whats: Readonly<Record<CadenceData["what"], string>> = {
  rotates: "rotates",
  expires: "expires: somebody sets a new value before",
  reminds: "its owner is asked whether it is still right",
  elsewhere: "rotates, by the database service",
};

function row({ days, what, how, items }: CadenceData) {
  const due =
    days === undefined ? "not known here" : days < 1 ? count(days * 24, "hour") : count(days, "day");
  const which =
    items.length > openItems ? folded(count(items.length, "item"), list(items), false) : list(items);
  return [due, whats[what], how, items.length, which] as const;
}
