import { count } from "../../count";
import { createColors } from "picocolors";
import type { Coverage, Gap } from "../../../model/archive/coverage";
import type { Proof } from "../../../model/archive/proof";
import { isColoured } from "../../colour";
import { minute } from "../minute";
import { printable } from "../rows";

/** What came of proving a copy. */
export interface Verified {
  readonly folder: string;
  readonly until: Date;
  readonly proof: Proof;
  /** Accounts of which a copy of the whole archive holds nothing. */
  readonly lacking: readonly string[];
}

/** The report for people: what is not proven first; each list is cut at so many lines. */
export function verifiedText(
  { folder, until, proof, lacking }: Verified,
  rows: number,
  colour = isColoured(),
): string {
  const { bold, red, green, dim } = createColors(colour);
  const { findings, coverage, proven, provenDigests } = proof;
  const gaps = coverage.flatMap((covered) => covered.gaps.map((gap) => gapLine(covered, gap)));
  const nothing = lacking.map(
    (account) => `  ${account}  no digest of its is here: copy its folder too, or name that of one account`,
  );
  const section = (title: string, lines: readonly string[]) =>
    lines.length === 0 ? [] : [red(title), ...cut(lines, rows), ""];
  const isProven = findings.length === 0 && gaps.length === 0 && lacking.length === 0;
  return [
    ...section(
      "not as CloudTrail wrote it",
      findings.map(({ key, why }) => `  ${printable(key)}\n    ${printable(why)}`),
    ),
    ...section("times of which nothing is proven", gaps),
    ...section("accounts of which nothing is here", nothing),
    bold(printable(folder)),
    ...cut(coverage.map(coverageLine), rows),
    dim(`until ${time(until)} UTC: digests of later files, and their signatures, may still be under way`),
    `${count(proven, "file")} of records proven by ${count(provenDigests, "digest")}` +
      (isProven ? "" : red(`; ${count(findings.length, "file")} and ${count(gaps.length, "time")} are not`)),
    ...(isProven ? [green("every file is as CloudTrail wrote it, and none is missing")] : []),
  ].join("\n");
}

export function verifiedJson({ folder, until, proof, lacking }: Verified) {
  return {
    folder,
    until,
    proven: proof.proven,
    provenDigests: proof.provenDigests,
    faults: proof.findings,
    chains: proof.coverage.map(({ chain, ...covered }) => ({ ...chain, ...covered })),
    accountsWithoutDigests: lacking,
  };
}

function coverageLine({ chain, from, to, isCut }: Coverage): string {
  const { account, region, trail } = chain;
  const cutOff = isCut ? ", where this copy begins" : "";
  return `  ${account} ${region} ${printable(trail)}: from ${time(from)}${cutOff} to ${time(to)}`;
}

function gapLine({ chain: { account, region, trail } }: Coverage, { from, to, why }: Gap): string {
  return `  ${account} ${region} ${printable(trail)}: from ${time(from)} to ${time(to)}\n    ${printable(why)}`;
}

function cut(lines: readonly string[], rows: number): readonly string[] {
  const rest = lines.length - rows;
  return rest > 0
    ? [...lines.slice(0, rows), `  and ${rest} more; --rows ${lines.length} or --format json shows them`]
    : lines;
}

function time(date: Date): string {
  return minute(date.toISOString());
}
