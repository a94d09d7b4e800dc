import { type Input, InputPropertiesError, Output } from "@pulumi/pulumi";
import type { TextRule } from "../model/aws/textRules";

/**
 * One argument a component cannot be made from. `reason` is "what was found; what is allowed; what to do", and
 * repeats nothing that could be a secret.
 */
export interface ArgumentProblem {
  readonly propertyPath: string;
  readonly reason: string;
}

/**
 * Throws once, with everything that is wrong with a component's arguments and no stack; returns when nothing is.
 *
 * @throws InputPropertiesError whose message holds every problem, and whose `errors` are the problems
 */
export function rejectProblems(component: string, name: string, problems: readonly ArgumentProblem[]): void {
  if (problems.length === 0) return;
  const lines = problems.map(({ propertyPath, reason }) => `  ${propertyPath}: ${reason}`);
  const message = [`${component} "${name}" cannot be made from its arguments:`, ...lines].join("\n");
  const refusal = new InputPropertiesError({ message, errors: [...problems] });
  // Says by itself what is wrong with which argument; where in the program it was thrown helps nobody.
  refusal.stack = "";
  throw refusal;
}

/** A problem where `holds` is false. */
export function check(
  holds: boolean,
  propertyPath: string,
  { found, allowed, remedy }: { readonly found: string; readonly allowed: string; readonly remedy: string },
): ArgumentProblem[] {
  return holds ? [] : [{ propertyPath, reason: `${found}; ${allowed}; ${remedy}` }];
}

/** Passes over what is absent, and what another resource will only make known later. */
export function checkText(
  propertyPath: string,
  value: Input<string> | undefined,
  rule: TextRule,
): ArgumentProblem[] {
  const text = settled(value);
  if (text === undefined) return [];
  const found =
    text === "" || rule.unquoted === true ? `${text.length} characters were found` : `"${text}" was found`;
  return check(rule.pattern.test(text), propertyPath, { found, allowed: rule.allowed, remedy: rule.remedy });
}

/** Each of a list by `checkText`, at `propertyPath[0]` and so on. */
export function checkTexts(
  propertyPath: string,
  values: readonly Input<string>[] | undefined,
  rule: TextRule,
): ArgumentProblem[] {
  return (values ?? []).flatMap((value, index) => checkText(`${propertyPath}[${index}]`, value, rule));
}

export interface Range {
  readonly from: number;
  readonly to: number;
  /** Plural, as in `days`. */
  readonly unit: string;
}

/** Passes over what is absent. */
export function checkWholeNumber(
  propertyPath: string,
  value: number | undefined,
  { from, to, unit }: Range,
): ArgumentProblem[] {
  if (value === undefined) return [];
  return check(Number.isInteger(value) && value >= from && value <= to, propertyPath, {
    found: `${value} was found`,
    allowed: `a whole number of ${unit} from ${from} to ${to} is allowed`,
    remedy: `choose one within that range`,
  });
}

/** At least one entry, and none twice. */
export function checkDistinct(
  propertyPath: string,
  values: readonly Input<string>[],
  atLeastOne = false,
): ArgumentProblem[] {
  const known = values.flatMap((value) => settled(value) ?? []);
  const repeated = [...new Set(known.filter((value, index) => known.indexOf(value) < index))];
  return [
    ...check(values.length > 0 || !atLeastOne, propertyPath, {
      found: "an empty list was found",
      allowed: "at least one entry is needed",
      remedy: "name one",
    }),
    ...check(repeated.length === 0, propertyPath, {
      found: `${repeated.join(", ")} was found more than once`,
      allowed: "each entry may stand once",
      remedy: "remove the others",
    }),
  ];
}

/** The value of an argument if it is known now; undefined when another resource has to be made first. */
export function settled<T>(value: Input<T> | undefined): T | undefined {
  return Output.isInstance(value) || value instanceof Promise ? undefined : value;
}
