import type { Resource } from "../view/resource";
import type { SettingName, Settings } from "../pack/settings";
import type { Stack } from "../view/stack";

export type Severity = "low" | "medium" | "high" | "critical";
export type Level = "mandatory" | "advisory" | "disabled";

/** One control of the catalogue. It decides from what a program declares and calls nothing. */
export interface Rule {
  /** Kebab-case, unique in the pack: the policy's name in the engine. */
  readonly id: string;
  /** What must hold, one sentence without a closing full stop. */
  readonly title: string;
  /** What can happen otherwise. */
  readonly why: string;
  /** What to do about a finding. */
  readonly remedy: string;
  readonly severity: Severity;
  /** Level unless the configuration says otherwise. */
  readonly level: Exclude<Level, "disabled">;
  /** The same control elsewhere, e.g. `FSBP KMS.4`, `CIS AWS 3.0 3.6`, `Checkov CKV_AWS_7`. */
  readonly references: readonly string[];
  /** Settings the rule reads; each becomes a property of its configuration. */
  readonly settings?: readonly SettingName[];
  /** Looks at one resource before it is created or changed. */
  readonly resource?: ResourceCheck;
  /** Looks at all resources of a stack together, when every one of them is planned. */
  readonly stack?: StackCheck;
}

/** `today` is a date as in `2026-11-30`. */
export interface ResourceCheck {
  /** Type tokens of the resources it looks at. */
  readonly types: readonly string[];
  readonly check: (resource: Resource, settings: Settings, today: string) => Iterable<Finding>;
}

export interface StackCheck {
  /** Type tokens without one of which there is nothing to look at; absent: it looks at every stack. */
  readonly types?: readonly string[];
  /** Must be linear in the number of resources. */
  readonly check: (stack: Stack, settings: Settings) => Iterable<StackFinding>;
}

export interface Finding {
  /** What is wrong, without a closing full stop. Never a value of the program that could be a credential. */
  readonly message: string;
  /** Dotted path of the property. */
  readonly property?: string;
  /** The rule could not decide, because the property is not known before the update. */
  readonly undecided?: true;
}

export interface StackFinding extends Finding {
  /** The resource it is about; absent: the stack itself. */
  readonly urn?: string;
}

export function finding(property: string, message: string): Finding {
  return { property, message };
}

/** For a rule that would need a value which is not known yet. */
export function undecided(property: string): Finding {
  return {
    property,
    undecided: true,
    message: "is not known before the update, so this could not be decided",
  };
}

/** By the services of the folders under `rules/`, in the order of the pack. */
export interface RuleGroup {
  readonly service: string;
  readonly rules: readonly Rule[];
}
