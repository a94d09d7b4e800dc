import { createColors } from "picocolors";
import { onOneLine } from "../../model/yaml/oneLine";
import { isColoured } from "../colour";
import { folded } from "../folded";
import { plainTable } from "../operations/plainTable";
import type { Described, DescribedConsumer, DescribedVariable } from "./described";
import type { DescribedItem } from "./item";

/** For people: a part an environment. No wider than 100 columns but for an ARN, which is not broken. */
export function textReport(environments: readonly Described[], colour = isColoured()): string {
  const colours = createColors(colour);
  return environments.map((one) => environmentText(one, colours.bold)).join("\n\n\n");
}

type Bold = (text: string) => string;

function environmentText(described: Described, bold: Bold): string {
  const { service, environment, owner, items, consumers, toSet } = described;
  const own = `${service}/${environment}/`;
  return [
    [
      bold(`${service} in ${environment}`),
      `  owner    ${onOneLine(owner)}`,
      `  secrets  account ${described.securityAccount}`,
      `  roles    account ${described.workloadAccount}`,
    ],
    ...(items.length === 0
      ? []
      : [[itemTable(items, own, bold)], [bold("ARNs"), ...items.map(({ arn }) => `  ${arn}`)]]),
    ...consumers.map((consumer) => consumerLines(consumer, own, bold)),
    toSet.length === 0
      ? []
      : [
          bold("To be set by hand once what is new is deployed"),
          ...toSet.map(({ command }) => `  ${command}`),
        ],
  ]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

function itemTable(items: readonly DescribedItem[], own: string, bold: Bold): string {
  return plainTable(
    ["item", "kind", "changes", "read by"].map(bold),
    items.map((item) => {
      const { kind, retired, readers } = item;
      return [
        `  ${shortened(item.item, own)}`,
        kind,
        folded(changes(item) + (retired ? ", on its way out" : ""), 24).join("\n"),
        folded(
          [...new Set(readers.map(({ consumer }) => shortened(consumer, own)))].join(", ") || "nobody",
          26,
        ).join("\n"),
      ];
    }),
  );
}

/** `database` for the service's own, `billing/token` for another one's. */
function shortened(path: string, own: string): string {
  if (path.startsWith(own)) return path.slice(own.length);
  const [service, , name] = path.split("/");
  return `${service}/${name}`;
}

function changes({ kind, rotation, expires, keysOf }: DescribedItem): string {
  if (rotation !== undefined) {
    const every = /^rate\((.+)\)$/.exec(rotation.schedule);
    return every === null ? `rotates at ${rotation.schedule}` : `rotates every ${every[1]}`;
  }
  if (expires === undefined) return kind === "managed-secret" ? "rotated by its database" : withWhat(keysOf);
  return "never" in expires
    ? `never expires, reminder after ${expires.remindDays} days`
    : `expires after ${expires.afterDays} days, told ${expires.warnDays} before`;
}

function withWhat(keysOf: string | undefined): string {
  return keysOf === undefined ? "with the manifest" : `with ${keysOf}`;
}

function consumerLines(
  { consumer, kind, roles, variables, plain, plainBeside, at }: DescribedConsumer,
  own: string,
  bold: Bold,
): string[] {
  return [
    `${bold(shortened(consumer, own))} (${kind}, ${onOneLine(at)})`,
    ...roles.map(({ use, arn }) => `  ${roleWords(use).padEnd(longest(roles))}  ${arn}`),
    ...(variables.length + Object.keys(plain).length + Object.keys(plainBeside).length === 0
      ? []
      : [
          plainTable(
            [`  ${kind === "ec2" ? "in its references file" : "variable"}`, "holds"],
            [
              ...variables.map((variable) => [
                `  ${variable.file ?? variable.variable}`,
                holds(variable, own),
              ]),
              ...[["", plain] as const, ...Object.entries(plainBeside)].flatMap(([container, texts]) =>
                Object.entries(texts).map(([name, value]) => [
                  `  ${name}`,
                  folded(`${JSON.stringify(value)}${inContainer(container)}`, 60).join("\n"),
                ]),
              ),
            ],
          ),
        ]),
  ];
}

function longest(roles: DescribedConsumer["roles"]): number {
  return Math.max(...roles.map(({ use }) => roleWords(use).length));
}

function roleWords(use: string): string {
  return use.startsWith("ecs-") ? `${use.slice("ecs-".length)} role` : "role";
}

function holds({ holds, item, field, container }: DescribedVariable, own: string): string {
  const name = `${shortened(item, own)}${inContainer(container)}`;
  if (holds === "arn") return `the ARN of ${name}`;
  return field === undefined ? `the value of ${name}` : `${field} of ${name}`;
}

function inContainer(container = ""): string {
  return container === "" ? "" : `, in ${container}`;
}
