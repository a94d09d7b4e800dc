import { count } from "../../../count";
import type { AccessData, AccountData } from "../data/types";
import { markup, type Markup } from "../markup";
import { number } from "./tables";

/** In units of the picture, which are pixels at its own size. */
const box = { width: 320, padding: 16, line: 20, gap: 32 };
const width = 960;
const left = 1;
const right = width - box.width - 1;
/** Between arrows that end at one box, so that their numbers stay apart. */
const apart = 24;

interface Placed {
  readonly account: AccountData;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly height: number;
}

/** Accounts as boxes, those that hold secrets on the left, and what is read across accounts as arrows. */
export function flowPicture(accounts: readonly AccountData[], flows: AccessData["flows"]): Markup {
  const within = new Map(
    flows.filter(({ from, to }) => from === to).map(({ from, grants }) => [from, grants]),
  );
  const column = (kind: AccountData["kind"], x: number) =>
    placed(
      accounts.filter((account) => account.kind === kind),
      x,
      within,
    );
  const boxes = [...column("security", left), ...column("workload", right)];
  const height = Math.max(0, ...boxes.map((one) => one.y + one.height)) + 1;
  const across = flows.filter(({ from, to }) => from !== to);
  return markup`<svg viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="flow-title flow-words">
<title id="flow-title">Accounts, and who reads values across them</title>
<desc id="flow-words">${across.map((flow) => words(flow, accounts)).join("; ") || "Nothing is read across accounts"}.</desc>
<defs><marker id="arrow" viewBox="0 0 10 10" refX="10" refY="5" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0L10 5L0 10z"/></marker></defs>
${arrows(boxes, across)}
${boxes.map(drawn)}
</svg>`;
}

function placed(
  accounts: readonly AccountData[],
  x: number,
  within: ReadonlyMap<string, number>,
): readonly Placed[] {
  let y = 1;
  return accounts.map((account) => {
    const lines = linesOf(account, within.get(account.account) ?? 0);
    const height = 2 * box.padding + (lines.length + 1) * box.line;
    const one = { account, lines, x, y, height };
    y += height + box.gap;
    return one;
  });
}

function linesOf(one: AccountData, grantsWithin: number): readonly string[] {
  const { keys, secrets, secureStrings, plainParameters, rotators, consumers } = one;
  const things = [
    [keys, "key"],
    [secrets, "secret that rotates"],
    [rotators, "rotation function"],
    [secureStrings, "SecureString"],
    [plainParameters, "plain parameter"],
    [consumers, "consumer"],
  ] as const;
  return [
    `${one.account}, ${one.kind}`,
    ...things.flatMap(([amount, what]) => (amount === 0 ? [] : [counted(amount, what)])),
    ...(grantsWithin > 0 ? [`${count(grantsWithin, "grant")} within the account`] : []),
  ];
}

function counted(amount: number, what: string): string {
  return what === "secret that rotates"
    ? `${count(amount, "secret")} that ${amount === 1 ? "rotates" : "rotate"}`
    : count(amount, what);
}

function drawn({ account, lines, x, y, height }: Placed): Markup {
  const at = (line: number) => y + box.padding + line * box.line + 14;
  const texts = lines.map(
    (line, index) => markup`<text x="${x + box.padding}" y="${at(index + 1)}">${line}</text>`,
  );
  return markup`<g class="${account.kind}"><rect x="${x}" y="${y}" width="${box.width}" height="${height}" rx="8"/>
<text class="name" x="${x + box.padding}" y="${at(0)}">${fitting(account.stack)}</text>
${texts}</g>`;
}

/** As much of a name as a box is wide. */
function fitting(name: string): string {
  return name.length > 32 ? `${name.slice(0, 31)}…` : name;
}

function arrows(boxes: readonly Placed[], flows: AccessData["flows"]): readonly Markup[] {
  const ends = new Map<Placed, number>();
  return flows.flatMap(({ from, to, grants }) => {
    const [start, end] = [from, to].map((id) => boxes.find(({ account }) => account.account === id));
    if (start === undefined || end === undefined) return [];
    const before = ends.get(end) ?? 0;
    ends.set(end, before + 1);
    const forward = start.x < end.x || (start.x === end.x && start.x === left);
    const sides = (one: Placed, isRight: boolean) => one.x + (isRight ? box.width : 0);
    const [x1, x2] = [sides(start, forward), sides(end, start.x === end.x ? forward : !forward)];
    const y1 = start.y + start.height / 2;
    const y2 = end.y + end.height / 2 + before * apart;
    const bend = forward ? 90 : -90;
    const toward = start.x === end.x ? -bend : bend;
    const label = { x: x2 - Math.sign(toward) * 14, anchor: toward > 0 ? "end" : "start" };
    return [
      markup`<path class="arrow" marker-end="url(#arrow)" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - toward} ${y2} ${x2} ${y2}"/>
<text class="grants" x="${label.x}" y="${y2 - 7}" text-anchor="${label.anchor}">${number(grants)}</text>`,
    ];
  });
}

function words({ from, to, grants }: AccessData["flows"][number], accounts: readonly AccountData[]): string {
  const nameOf = (id: string) => accounts.find(({ account }) => account === id)?.stack ?? id;
  return `${count(grants, "grant")} to read in ${nameOf(to)} what ${nameOf(from)} holds`;
}
