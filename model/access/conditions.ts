import type { Call } from "./call";
import { type ConditionKey, conditionKey } from "./keys";
import { arnLikeOneOf, likeOneOf, type Matcher, oneOf, parts } from "./match";
import type { Unmodelled } from "./notModelled";

/** One key of a statement's condition. */
export interface Test {
  readonly operator: string;
  readonly key: string;
  readonly wanted: readonly string[];
  readonly holds: (call: Call) => boolean;
  readonly found: (call: Call) => readonly string[] | undefined;
}

/**
 * Operators of the dialect. A negated one holds where the key is missing; values of one key are alternatives, of a negated
 * one each has to differ.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const operators: Readonly<Record<string, { negated?: true; match: (values: readonly string[]) => Matcher }>> =
  {
    StringEquals: { match: oneOf },
    StringNotEquals: { match: oneOf, negated: true },
    StringLike: { match: likeOneOf },
    StringNotLike: { match: likeOneOf, negated: true },
    ArnEquals: { match: arnLikeOneOf },
    ArnLike: { match: arnLikeOneOf },
    ArnNotEquals: { match: arnLikeOneOf, negated: true },
    ArnNotLike: { match: arnLikeOneOf, negated: true },
    Bool: { match: oneOf },
  };

export function readConditions(condition: unknown, note: Unmodelled): readonly Test[] {
  if (condition === undefined) return [];
  if (!isObject(condition)) return refuse(note, "a Condition that is no object");
  return Object.entries(condition).flatMap(([operator, tests]) =>
    isObject(tests)
      ? Object.entries(tests).flatMap(([key, values]) => readTest(operator, key, values, note))
      : refuse(note, `a Condition whose ${operator} is no object`),
  );
}

function readTest(operator: string, name: string, values: unknown, note: Unmodelled): readonly Test[] {
  const [, set, plain = "", ifExists] =
    /^(ForAnyValue:|ForAllValues:)?(.*?)(IfExists)?$/.exec(operator) ?? [];
  const key = conditionKey(name);
  if (key === undefined) return refuse(note, `the condition key ${name}`);
  const wanted = readValues(values);
  if (wanted === undefined) return refuse(note, `what ${operator} ${name} is compared with`);
  if (wanted.some((value) => value.includes("${")))
    return refuse(note, `a policy variable in ${operator} ${name}`);
  const found = key.values;
  const test = (holds: Test["holds"]): readonly Test[] => [{ operator, key: name, wanted, holds, found }];
  if (plain === "Null") {
    if (set !== undefined || ifExists !== undefined) return refuse(note, `the operator ${operator}`);
    if (!wanted.every(isBoolean)) return refuse(note, `Null ${name} neither true nor false`);
    // No value at all is no key: an empty list is missing.
    return test((call) => wanted.includes(String((found(call) ?? []).length === 0)));
  }
  const known = Object.hasOwn(operators, plain) ? operators[plain] : undefined;
  if (known === undefined || (set !== undefined && ifExists !== undefined))
    return refuse(note, `the operator ${operator}`);
  if (plain === "Bool" && !wanted.every(isBoolean))
    return refuse(note, `Bool ${name} neither true nor false`);
  if (plain.startsWith("Arn") && wanted.some((value) => parts(value).length < 6)) {
    return refuse(note, `${operator} ${name} with what is no ARN`);
  }
  if (key.multivalued && set === undefined) {
    return refuse(
      note,
      `${operator} without ForAnyValue or ForAllValues on ${name}, which has several values`,
    );
  }
  const matches = known.match(wanted);
  const passes: Matcher = known.negated ? (value) => !matches(value) : matches;
  return test(holding(key, passes, set, known.negated === true || ifExists !== undefined));
}

/**
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 * @param whenMissing for an operator that asks about one value
 */
function holding(
  key: ConditionKey,
  passes: Matcher,
  set: string | undefined,
  whenMissing: boolean,
): Test["holds"] {
  return (call) => {
    const found = key.values(call);
    if (set === "ForAllValues:") return (found ?? []).every(passes);
    if (found === undefined || found.length === 0) return set === undefined && whenMissing;
    return found.some(passes);
  };
}

function readValues(values: unknown): readonly string[] | undefined {
  const all: readonly unknown[] = Array.isArray(values) ? values : [values];
  const texts = all.map((value) => (typeof value === "boolean" ? String(value) : value));
  return texts.length > 0 && texts.every((value) => typeof value === "string") ? texts : undefined;
}

function isBoolean(text: string): boolean {
  return text === "true" || text === "false";
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function refuse(note: Unmodelled, reason: string): readonly [] {
  note(reason);
  return [];
}
