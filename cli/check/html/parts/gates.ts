import type { GatesData, PageData } from "../data/types";
import { markup, type Markup } from "../markup";
import { section, table } from "./tables";

/** What keeps strangers out: items with the same gates are one row, so that it stays short however many there are. */
export function gates({ access }: PageData): Markup | undefined {
  if ("undecided" in access) return undefined;
  return section(
    "gates",
    "Gates",
    markup`<p>What keeps those out who are not meant to read, each gate enough by itself. A gate that lets through, or that only
another stands in for, is not listed.</p>`,
    table(
      "Gates by kind of item",
      [
        { title: "Kind" },
        { title: "Items", isNumber: true },
        { title: "Such as" },
        { title: "Against another service" },
        { title: "Against administrators" },
        { title: "Against outsiders" },
      ],
      access.gates.map(row),
    ) ?? markup`<p>There is no item yet.</p>`,
  );
}

function row({ kind, items, example, otherService, administrator, outsider }: GatesData) {
  return [kind, items, example, words(otherService), words(administrator), words(outsider)] as const;
}

function words(names: readonly string[]): Markup {
  return names.length === 0
    ? markup`<strong class="bad">none</strong>`
    : markup`<strong>${names.length}</strong>: ${names.join(", ")}`;
}
