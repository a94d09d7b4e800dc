import Table from "cli-table3";
import type { createColors } from "picocolors";
import { groupBy } from "../../model/groupBy";
import type { ItemGates, ItemKind } from "../../model/proof/gates";
import type { LayerFinding } from "../../model/proof/layers/layer";
import type { AccessProof } from "../../model/proof/proof";
import type { UnexpectedAccess } from "../../model/proof/unexpected";
import { onOneLine } from "../../model/yaml/oneLine";
import type { CheckedAccess } from "./access";
import { borderless } from "./borderless";
import { count } from "./count";

type Colours = ReturnType<typeof createColors>;

/** Who can read what, for people: how much was decided, how many gates hold, and everything that is not as meant. */
export function accessReport(access: CheckedAccess, colours: Colours): readonly string[] {
  if ("undecided" in access)
    return [
      colours.red("who can read what was not decided, because an answer would be a guess"),
      ...access.undecided.map((reason) => `  ${colours.red("unread")}  ${onOneLine(reason)}`),
    ];
  const { unexpected, weakened } = access;
  const wrong = unexpected.length + weakened.length;
  return [
    wrong === 0
      ? colours.green(`who can read what is as manifests and settings say: ${decided(access)}`)
      : colours.red(`who can read what is not as manifests and settings say: ${count(wrong, "finding")}`),
    ...unexpected.map((one) => pair(one, colours)),
    ...weakened.map((one) => layer(one, colours)),
    "",
    gates(access.gates, colours),
  ];
}

function decided({ pairs, grants, layers }: AccessProof): string {
  return `${grants.length} of ${count(pairs, "pair")} of role and item are open; each of ${count(layers, "document")} holds by itself`;
}

function pair({ principal, item, decision, why, remedy }: UnexpectedAccess, colours: Colours): string {
  const said =
    decision === "allowed" ? "can read, and is not meant to," : "cannot read, though it was granted,";
  return [
    `  ${colours.red("access")}  ${principal} ${said} ${item}`,
    `          ${onOneLine(why)}`,
    `          to set it right: ${onOneLine(remedy)}`,
  ].join("\n");
}

function layer(finding: LayerFinding, colours: Colours): string {
  const { policy, call, statements } = finding;
  const through = call.via === undefined ? "" : ` through ${call.via}`;
  return [
    `  ${colours.red("layer")}   ${onOneLine(policy)}${statements.length > 0 ? `: ${statements.join(", ")}` : ""}`,
    `          ${layerWords(finding)}: ${call.action} on ${call.resource}${through} by ${call.by.arn}`,
  ].join("\n");
}

/** What a layer says by itself, and what it is to say. */
export function layerWords({ effect, expected, found }: LayerFinding): string {
  if (effect === "Deny") return found === "deny" ? "denies what it is to leave open" : "does not deny";
  if (expected === "silent") return "allows what it is not to allow";
  return found === "silent"
    ? "does not allow what it is to allow"
    : `says ${found}, and is to say ${expected}`;
}

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
