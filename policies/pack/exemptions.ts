import { covers } from "../../model/aws/patterns";

/** A finding that somebody answers for, for a while. */
export interface Exemption {
  /** Id of the rule. */
  readonly rule: string;
  /** URN of the resource, `*` standing for any text. */
  readonly resource: string;
  readonly reason: string;
  /** Who answers for it. */
  readonly owner: string;
  /** Last day it counts, as in `2026-11-30`. */
  readonly until: string;
  /** Where it is written, for messages. */
  readonly place: string;
}

/** The exemption that counts for a finding today; an advisory note of it takes the finding's place. */
export function exemptionFor(
  exemptions: readonly Exemption[],
  rule: string,
  urn: string,
  today: string,
): Exemption | undefined {
  return exemptions.find(
    (exemption) => exemption.rule === rule && counts(exemption, today) && covers(exemption.resource, urn),
  );
}

export function exemptMessage({ until, owner, reason }: Exemption, message: string): string {
  return `Exempt until ${until} (${owner}: ${reason}). ${message}`;
}

/** Policy under which exemptions themselves are reported. */
export const exemptionsPolicy = "exemptions";

export function review(exemption: Exemption, used: boolean, today: string): string | undefined {
  const { place, rule, resource, until, owner } = exemption;
  if (!counts(exemption, today))
    return `${place}: the exemption of ${resource} from ${rule} ended on ${until} and no longer counts; ${owner} renews or removes it`;
  if (!used)
    return `${place}: the exemption of ${resource} from ${rule} matches no finding; ${owner} removes it`;
  return undefined;
}

function counts({ until }: Exemption, today: string): boolean {
  return until >= today;
}
