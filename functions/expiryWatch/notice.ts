import { findingKinds, type FindingKind } from "../../model/functions/metrics";
import type { Finding } from "./finding";

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** One message to one owner about all of its values. */
export interface Notice {
  /** Undefined for values nobody is known to own. */
  readonly owner: string | undefined;
  /** ASCII, at most 100 characters, as SNS takes it. */
  readonly subject: string;
  readonly message: string;
}

const headings: Readonly<Record<FindingKind, string>> = {
  expired: "Expired",
  expiring: "Expiring soon",
  unset: "Never supplied",
  "not as planned": "Not as the manifest says",
  overdue: "Rotation overdue",
  stuck: "Rotation stuck",
  waiting: "Value not for what the manifest says",
  "replica failed": "Copy in another region failed",
  unchanged: "To be reviewed",
};

/** Far below SNS's 256 KiB, and more than anybody reads. */
const mostListed = 300;

/** Owners by name, those of no known owner last; each owner's findings by urgency, then name. */
export function notices(findings: readonly Finding[], place: Place): Notice[] {
  const owners = [...new Set(findings.map(({ owner }) => owner))].sort((a, b) =>
    a === undefined ? 1 : b === undefined ? -1 : a < b ? -1 : 1,
  );
  return owners.map((owner) =>
    notice(
      owner,
      findings.filter((found) => found.owner === owner),
      place,
    ),
  );
}

function notice(owner: string | undefined, findings: readonly Finding[], { account, region }: Place): Notice {
  const byKind = findingKinds
    .map((kind) => ({ kind, found: findings.filter((found) => found.kind === kind) }))
    .filter(({ found }) => found.length > 0);
  const counts = byKind.map(({ kind, found }) => `${found.length} ${kind}`).join(", ");
  const sorted = byKind.flatMap(({ found }) => [...found].sort((a, b) => (a.name < b.name ? -1 : 1)));
  const listed = new Set(sorted.slice(0, mostListed));
  const sections = byKind.flatMap(({ kind, found }) => {
    const shown = sorted.filter((each) => listed.has(each) && found.includes(each));
    return shown.length === 0 ? [] : [`${headings[kind]}\n${shown.map(entry).join("\n")}`];
  });
  const more = findings.length - listed.size;
  return {
    owner,
    subject: `Secrets and parameters: ${counts} (account ${account})`.slice(0, 100),
    message: [
      `Values of ${owner ?? "no known owner"} in account ${account}, ${region}, that need a hand.`,
      ...sections,
      ...(more > 0 ? [`And ${more} more: npx platform status lists them all.`] : []),
    ].join("\n\n"),
  };
}

function entry({ item, name, matter, remedy }: Finding): string {
  return `  ${item} ${name}\n    ${matter}; ${remedy}`;
}
