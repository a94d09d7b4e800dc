import type { createColors } from "picocolors";
import { groupBy } from "../../model/groupBy";
import type { ItemGates, ItemKind } from "../../model/proof/gates";
import { onOneLine } from "../../model/yaml/oneLine";
import { type CheckedAccess, isAsMeant } from "./access";
import { accessHeadline, accessLines } from "./accessWords";

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
    ...("gates" in access ? gates(access.gates) : []),
  ];
}

/** Room for a mark, as in a rule's finding. */
const width = 7;

const kinds: Readonly<Record<ItemKind, string>> = {
  secret: "secrets",
  SecureString: "SecureStrings",
  "database service's secret": "secrets of database services",
  "plain parameter": "plain parameters",
};

/** The fewest gates that keep each kind of stranger out of each kind of item. */
function gates(all: readonly ItemGates[]): readonly string[] {
  const byKind = groupBy(all, ({ kind }) => kind);
  const [first, ...others] = (Object.keys(kinds) as ItemKind[]).flatMap((kind) => {
    const items = byKind.get(kind);
    if (items === undefined) return [];
    const [one, two, three] = (["otherService", "administrator", "outsider"] as const).map((against) =>
      Math.min(...items.map((item) => item[against].length)),
    );
    return [{ name: kinds[kind], by: `${one}, ${two} and ${three}` }];
  });
  if (first === undefined) return [];
  const rest = others.map(({ name, by }) => `${name} by ${by}`).join(", ");
  return [
    `  ${first.name} are kept from other services, administrators and outsiders by ${first.by} gates at least${rest === "" ? "" : ","}`,
    ...(rest === "" ? [] : [`  ${rest}`]),
  ];
}
