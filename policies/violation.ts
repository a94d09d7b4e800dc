import type { Finding, Level, Rule } from "./rule";

/** A finding as a person or the engine gets it. */
export interface Violation {
  /** Id of the rule. */
  readonly policy: string;
  readonly level: Exclude<Level, "disabled">;
  /** The resource it is about; empty for the stack itself. */
  readonly urn: string;
  readonly message: string;
}

/**
 * A finding that could not be decided never refuses an update by itself: what is unknown in a preview is known, and
 * decided at the rule's own level, when the update comes to it.
 */
export function violationOf(rule: Rule, level: Violation["level"], urn: string, found: Finding): Violation {
  return {
    policy: rule.id,
    level: found.undecided ? "advisory" : level,
    urn,
    message: messageOf(rule, found),
  };
}

/** `title: property what was found. what to do.` */
export function messageOf(rule: Rule, found: Finding): string {
  const place = found.property === undefined ? "" : `${found.property} `;
  return found.undecided
    ? `${rule.title}: ${place}${found.message}`
    : `${rule.title}: ${place}${found.message}. ${rule.remedy}.`;
}
