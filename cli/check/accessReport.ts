import Table from "cli-table3";
import type { createColors } from "picocolors";
import { groupBy } from "../../model/groupBy";
import type { ItemGates, ItemKind } from "../../model/proof/gates";
import { onOneLine } from "../../model/yaml/oneLine";
import { type CheckedAccess, isAsMeant } from "./access";
import { accessHeadline, accessLines } from "./accessWords";
import { borderless } from "./borderless";

type Colours = ReturnType<typeof createColors>;

/** Who can read what, for people: what came of it, everything that is not as meant, and how many gates hold. */
export function accessReport(access: CheckedAccess, colours: Colours): readonly string[] {
  const paint = isAsMeant(access) ? colours.green : colours.red;
  return [
    paint(accessHeadline(access)),
    ...accessLines(access).flatMap(({ mark, lines: [first = "", ...others] }) => [
      `  ${colours.red(mark.padEnd(width))} ${onOneLine(first)}`,
      ...others.map((line) => `  ${" ".repeat(width)} ${onOneLine(line)}`),
    ]),
    ...("gates" in access ? ["", gates(access.gates, colours)] : []),
  ];
}

/** Room for a mark, as in a rule's finding. */
const width = 7;

const kinds: Readonly<Record<ItemKind, string>> = {
  secret: "secrets",
  SecureString: "SecureStrings",
  "database service's secret": "secrets of database services",
  "plain parameter": "parameters, plain",
};

const headings = ["another service", "administrators", "outsiders"] as const;

/** The fewest gates that keep each kind of stranger out of each kind of item. */
function gates(all: readonly ItemGates[], colours: Colours): string {
  const table = new Table({
    head: [colours.bold("Gates that each keep out by itself, at least"), ...headings],
    chars: borderless,
    style: { head: [], border: [], compact: true, "padding-left": 0, "padding-right": 2 },
    colAligns: ["left", "right", "right", "right"],
  });
  const byKind = groupBy(all, (one) => one.kind);
  for (const kind of Object.keys(kinds) as ItemKind[]) {
    const items = byKind.get(kind);
    if (items === undefined) continue;
    const fewest = (against: "otherService" | "administrator" | "outsider") =>
      Math.min(...items.map((one) => one[against].length));
    table.push([`  ${kinds[kind]}`, fewest("otherService"), fewest("administrator"), fewest("outsider")]);
  }
  return table.toString().replace(/ +$/gm, "");
}
