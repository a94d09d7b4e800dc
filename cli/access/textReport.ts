import { createColors } from "picocolors";
import { onOneLine } from "../../model/yaml/oneLine";
import { count } from "../count";
import { isColoured } from "../colour";
import { plainTable } from "../operations/plainTable";
import type { Decision } from "./decisions";
import type { Asked } from "./select";

/** For people: a table, or each decision with what made it. In colour only on a terminal. */
export function textReport(
  found: readonly Decision[],
  { refused, explain }: Asked,
  colour = isColoured(),
): string {
  const colours = createColors(colour);
  const paint = ({ decision }: Decision) =>
    decision === "allowed" ? colours.green("can read") : colours.red("cannot read");
  if (found.length === 0) return "nobody can read any of it";
  if (explain || refused)
    return found.map((one) => explained(one, paint(one), explain).join("\n")).join("\n\n");
  return [
    plainTable(
      [colours.bold("role"), colours.bold("account"), colours.bold("can read"), colours.bold("by")],
      found.map(({ role, account, item, actions }) => [
        `  ${role}`,
        account,
        item,
        actions.map((action) => action.replace(/^.*:/, "")).join(", "),
      ]),
    ),
    "",
    `${count(found.length, "pair")} of role and item open`,
  ].join("\n");
}

function explained(one: Decision, says: string, explain: boolean): readonly string[] {
  const { role, account, item, chain = [], refusedBy, manifests } = one;
  return [
    `${role} in ${account} ${says} ${item}`,
    ...(explain ? chain.map((line) => `  ${line.startsWith(" ") ? "  " : ""}${onOneLine(line.trim())}`) : []),
    ...(refusedBy === undefined
      ? []
      : [
          ...(explain ? [] : [`  ${onOneLine(refusedBy.why)}`]),
          `  what would open it: ${onOneLine(refusedBy.opens)}`,
        ]),
    ...(manifests === undefined ? [] : [`  manifests: ${onOneLine(manifests)}`]),
  ];
}
