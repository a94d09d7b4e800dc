import { createColors } from "picocolors";
import { isColoured } from "../colour";
import { plainTable } from "../operations/plainTable";
import type { StackStatus } from "./collect";
import { day, type Finding, type ItemStatus } from "./itemStatus";

/** The report for people: a table a stack, then what needs a hand and what to do. In colour only on a terminal. */
export function statusReport(stacks: readonly StackStatus[], colour = isColoured()): string {
  const colours = createColors(colour);
  const all = stacks.flatMap(({ items }) => items);
  const needy = all.filter(({ findings }) => findings.length > 0);
  const tables = stacks.flatMap(({ stack, account, items }) => [
    items.length === 0
      ? `${colours.bold(`${stack} ${account}`)}  holds nothing`
      : plainTable(
          [colours.bold(`${stack} ${account}`), "state", "rotated or set", "due", "left"],
          items.map((item) => row(item, colours)),
        ),
    "",
  ]);
  return [
    ...tables,
    ...(needy.length === 0
      ? [colours.green(`${count(all.length, "value")}, none needs a hand`)]
      : [
          colours.red(
            `${needy.length} of ${count(all.length, "value")} ${needy.length === 1 ? "needs" : "need"} a hand`,
          ),
          ...needy.flatMap((item) => item.findings.map((finding) => advice(item, finding))),
        ]),
    ...all.flatMap(({ item, notes }) => notes.map((note) => `  ${colours.dim(`${item}: ${note}`)}`)),
  ].join("\n");
}

function row(status: ItemStatus, colours: ReturnType<typeof createColors>): string[] {
  const { item, state, last, next, daysLeft, findings } = status;
  const paint = findings.length > 0 ? colours.red : state === "ok" ? colours.green : colours.yellow;
  return [
    `  ${item}`,
    paint(state),
    last === undefined ? "-" : day(last),
    next === undefined ? "-" : day(next),
    daysLeft === undefined ? "-" : inDays(daysLeft),
  ];
}

const relative = new Intl.RelativeTimeFormat("en");

/** `in 12 days`, `within a day`, `just past`, `3 days ago`; whole days, rounded down. */
export function inDays(days: number): string {
  if (days === 0) return "within a day";
  if (days === -1) return "just past";
  return relative.format(days < 0 ? days + 1 : days, "day");
}

/** Room for the longest kind. */
const kindWidth = 14;

function advice({ item }: ItemStatus, { kind, matter, remedy }: Finding): string {
  return `  ${kind.padEnd(kindWidth)} ${item}: ${matter}\n  ${" ".repeat(kindWidth)} ${remedy}`;
}

function count(amount: number, what: string): string {
  return `${amount} ${what}${amount === 1 ? "" : "s"}`;
}
