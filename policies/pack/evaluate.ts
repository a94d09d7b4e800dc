import { levelOf, settingsOf, type PackConfig } from "./config";
import { exemptionFor, type Exemption } from "./exemptions";
import { planned, type Resource } from "../view/resource";
import type { Finding, Level, ResourceCheck, Rule, StackCheck } from "../rules/rule";
import { defaultSettings, type Settings } from "./settings";
import { stackOf } from "../view/stack";
import * as supposing from "./supposing";
import { readProperties } from "../view/values";
import { today } from "../../model/aws/days";
import { reportedFinding, type ReportedFinding } from "./reportedFinding";

/** A resource of a stack as it was registered, whoever recorded it: mocks, an export, a test. */
export interface RegisteredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  readonly inputs: object;
  /** What the provider answered; the inputs stand where it says nothing. */
  readonly outputs?: object;
  readonly protect?: boolean;
  /** By property: URNs of the resources its value came from. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

export interface EvaluationOptions {
  /** What holds for the whole organisation. */
  readonly settings?: Partial<Settings>;
  /** What a policy configuration file says, by rule. */
  readonly config?: PackConfig;
  readonly exemptions?: readonly Exemption[];
  /** As in `2026-11-30`; the clock's unless given. */
  readonly today?: string;
}

/**
 * Runs rules over one stack in this process, as the engine would: resource by resource first, on what the program
 * gave, then over the whole stack. Linear in the number of resources.
 */
export function evaluate(
  rules: readonly Rule[],
  registered: readonly RegisteredResource[],
  options: EvaluationOptions = {},
): ReportedFinding[] {
  const settings = { ...defaultSettings, ...options.settings };
  const active = rules.flatMap((rule): Active[] => {
    const level = levelOf(rule, options.config ?? {});
    if (level === "disabled") return [];
    return [{ rule, level, settings: settingsOf(rule, settings, options.config ?? {}) }];
  });
  const now = options.today ?? today();
  const findings: ReportedFinding[] = [];
  const report: Report = ({ rule, level }, urn, found) => {
    const exemption = exemptionFor(options.exemptions ?? [], rule.id, urn, now);
    findings.push(reportedFinding({ rule, level, urn, exemption }, found));
  };
  const views = registered.map(viewsOf);
  checkResources(active, views, now, report);
  checkStack(active, views, report);
  return findings;
}

type Report = (one: Active, urn: string, found: Finding) => void;

interface Active {
  readonly rule: Rule;
  readonly level: Exclude<Level, "disabled">;
  readonly settings: Settings;
}

interface Views {
  /** For the checks of one resource: what the program gave. */
  readonly given: Resource;
  /** For the checks of a stack: with the provider's answer, and what each property came from. */
  readonly answered: Resource;
}

function viewsOf(registered: RegisteredResource): Views {
  const { urn, type, name, protect = false, propertyDependencies: references = {} } = registered;
  const props = readProperties(registered.inputs);
  const given: Resource = { urn, type, name, protect, props, references: {} };
  const all = registered.outputs === undefined ? props : { ...props, ...readProperties(registered.outputs) };
  return { given, answered: { ...given, props: planned(all, references), references } };
}

function checkResources(
  active: readonly Active[],
  views: readonly Views[],
  now: string,
  report: Report,
): void {
  const byType = new Map<string, { readonly one: Active; readonly check: ResourceCheck["check"] }[]>();
  for (const one of active) {
    for (const type of one.rule.resource?.types ?? []) {
      const entry = { one, check: one.rule.resource!.check };
      const same = byType.get(type);
      if (same === undefined) byType.set(type, [entry]);
      else same.push(entry);
    }
  }
  for (const { given } of views) {
    for (const { one, check } of byType.get(given.type) ?? []) {
      for (const found of supposing.checkResource(check, given, one.settings, now)) {
        report(one, given.urn, found);
      }
    }
  }
}

function checkStack(active: readonly Active[], views: readonly Views[], report: Report): void {
  const stack = stackOf(views.map(({ answered }) => answered));
  for (const one of active) {
    const { rule, settings } = one;
    if (rule.stack === undefined || !concerns(rule.stack, (types) => stack.ofType(...types).length > 0))
      continue;
    for (const found of supposing.checkStack(rule.stack.check, stack, settings)) {
      report(one, found.urn ?? stack.root, found);
    }
  }
}

/** Is there anything in the stack for the rule to look at? */
export function concerns(check: StackCheck, holds: (types: readonly string[]) => boolean): boolean {
  return check.types === undefined || holds(check.types);
}
