import { loadPlan } from "../../model/load";
import { notesOn } from "../../model/notes";
import type { Note } from "../../model/notes/note";
import type { AccountDocuments } from "../../model/access/input";
import type { Plan } from "../../model/plan/types";
import type { Problem } from "../../model/yaml/problem";
import { evaluate } from "../../policies/pack/evaluate";
import { reviewExemptions } from "../../policies/pack/reviewExemptions";
import { planSettings } from "../../policies/pack/planSettings";
import type { Exemption } from "../../policies/pack/exemptions";
import { rules } from "../../policies/rules";
import { today } from "../../model/aws/days";
import type { ReportedFinding } from "../../policies/pack/reportedFinding";
import type { BuiltStack } from "../inMemory/buildStack";
import { buildStacks } from "../inMemory/buildStacks";
import { UsageError } from "../usageError";
import { checkAccess, type CheckedAccess } from "./access";
import { exemptionsOf } from "./exemptions";

export interface CheckOptions {
  readonly root: string;
  readonly servicesDirectory: string | undefined;
  /** The only stack that is asked about; it must be one there is. @default all */
  readonly stack?: string | undefined;
  /** Service control policies of the organisation, by level. @default none are known of */
  readonly controls?: AccountDocuments["controls"];
  /** Told what is being done. */
  readonly progress: (step: string) => void;
}

/** Stands for the stack of a finding about no single one. */
export const everyStack = "all";

export type StackFinding = ReportedFinding & { readonly stack: string };

/** Either what is wrong with the files, or what was built from them and what the rules say of it. */
export type CheckResult = { readonly errors: readonly Problem[] } | CheckedStacks;

export interface CheckedStacks {
  readonly plan: Plan;
  readonly stacks: readonly BuiltStack[];
  readonly findings: readonly StackFinding[];
  /** Those of the policy pack, whether they match anything or not. */
  readonly exemptions: readonly Exemption[];
  /** What to know of the files that refuses nothing; in the order of files, then lines. */
  readonly notes: readonly Note[];
  /** How many rules looked. */
  readonly rules: number;
  readonly access: CheckedAccess;
  /** The organisation's service control policies, if any were given, by level. */
  readonly controls?: AccountDocuments["controls"];
}

/**
 * Builds every account in memory, runs every rule over it, and decides who can read what. Calls nothing outside this
 * process.
 *
 * @throws UsageError for a stack there is not, before anything is built
 */
export async function check(options: CheckOptions): Promise<CheckResult> {
  const { root, servicesDirectory, stack, controls, progress } = options;
  progress("reading manifests");
  const { plan, problems } = loadPlan({
    root,
    ...(servicesDirectory !== undefined && { servicesDirectory }),
  });
  const { exemptions, problems: wrongExemptions } = exemptionsOf(root);
  const errors = [...problems, ...wrongExemptions];
  if (plan === undefined || errors.length > 0) return { errors };
  if (stack !== undefined) requireStack(plan, stack);
  const stacks = await buildStacks(plan, (name) => progress(`building ${name}`), root);
  progress("running policies");
  const settings = planSettings(plan);
  const findings = stacks.flatMap(({ stack: name, resources }) =>
    evaluate(rules, resources, { settings, exemptions }).map((found) => ({ stack: name, ...found })),
  );
  const reviewed = reviewExemptions(exemptions, findings, today());
  findings.push(...reviewed.map((found) => ({ stack: everyStack, ...found })));
  progress("deciding who can read what");
  const access = checkAccess(plan, stacks, controls);
  return {
    ...{ plan, stacks, findings, exemptions, notes: notesOn(plan), rules: rules.length, access },
    ...(controls !== undefined && { controls }),
  };
}

function requireStack({ organisation }: Plan, stack: string): void {
  const names = organisation.stacks.map(({ name }) => name);
  if (!names.includes(stack))
    throw new UsageError(`there is no stack ${stack}; there are ${names.join(", ")}`);
}
