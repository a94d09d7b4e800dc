import { onOneLine } from "../../model/yaml/oneLine";
import { exemptMessage, type Exemption } from "./exemptions";
import type { Finding, Level, Rule } from "../rules/rule";

/** A finding as a person or the engine gets it. */
export interface ReportedFinding {
  /** Id of the rule. */
  readonly policy: string;
  readonly level: Exclude<Level, "disabled">;
  /** The resource it is about; empty for the stack itself. */
  readonly urn: string;
  readonly message: string;
  /** What it is exempt by. */
  readonly exemption?: Exemption;
}

/** Where a finding was made, and what is said of it there. */
export interface Circumstances {
  readonly rule: Rule;
  readonly level: ReportedFinding["level"];
  readonly urn: string;
  readonly exemption: Exemption | undefined;
}

/**
 * A finding that could not be decided never refuses an update by itself: what is unknown in a preview is known, and
 * decided at the rule's own level, when the update comes to it. Nor does one that is exempt.
 */
export function reportedFinding(
  { rule, level, urn, exemption }: Circumstances,
  found: Finding,
): ReportedFinding {
  return {
    policy: rule.id,
    level: isAdvice(found, exemption) ? "advisory" : level,
    urn,
    message: messageOf(rule, found, exemption),
    ...(exemption === undefined ? {} : { exemption }),
  };
}

export function isAdvice(found: Finding, exemption: Exemption | undefined): boolean {
  return found.undecided === true || exemption !== undefined;
}

/** `title: property what was found. what to do.` */
export function messageOf(rule: Rule, found: Finding, exemption?: Exemption): string {
  const place = found.property === undefined ? "" : `${found.property} `;
  const message = found.undecided
    ? `${rule.title}: ${place}${found.message}`
    : `${rule.title}: ${place}${found.message}. ${rule.remedy}.`;
  // What the program gave may end lines, and the engine prints it as it is.
  return onOneLine(exemption === undefined ? message : exemptMessage(exemption, message));
}
