/**
 * Patterns of metric filters for JSON records, put together from conditions.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 */
export type FilterCondition =
  | { readonly kind: "test"; readonly text: string }
  | { readonly kind: "all" | "any"; readonly of: readonly FilterCondition[] };

/** Characters CloudWatch Logs takes of one pattern. */
export const longestFilterPattern = 1_024;

/** Metric filters CloudWatch Logs takes for one log group. */
export const mostFilters = 100;

/**
 * The field equals the value. `*` at its beginning or end stands for any characters; within it is not documented, so
 * it is refused.
 */
export function equals(field: string, value: string): FilterCondition {
  return test(`$.${field} = ${quoted(value)}`);
}

/** Equals one of them. */
export function oneOf(field: string, values: readonly string[]): FilterCondition {
  return any(...values.map((value) => equals(field, value)));
}

/**
 * The field equals none of the values, or is not there at all. Both are said: what `!=` means for a missing field is
 * documented nowhere.
 */
export function differs(field: string, values: readonly string[]): FilterCondition {
  return any(missing(field), all(...unequal(field, values)));
}

/** The field is there and equals none of the values. */
export function isOther(field: string, values: readonly string[]): FilterCondition {
  return all(present(field), ...unequal(field, values));
}

/** None of the values, of a field that is there. */
export function unequal(field: string, values: readonly string[]): readonly FilterCondition[] {
  return values.map((value) => test(`$.${field} != ${quoted(value)}`));
}

export function present(field: string): FilterCondition {
  return test(`$.${field} = "*"`);
}

/** The field is there and a number above zero. */
export function positive(field: string): FilterCondition {
  return test(`$.${field} > 0`);
}

export function missing(field: string): FilterCondition {
  return test(`$.${field} NOT EXISTS`);
}

export function isTrue(field: string): FilterCondition {
  return test(`$.${field} IS TRUE`);
}

export function isFalse(field: string): FilterCondition {
  return test(`$.${field} IS FALSE`);
}

export function all(...of: readonly FilterCondition[]): FilterCondition {
  return { kind: "all", of };
}

export function any(...of: readonly FilterCondition[]): FilterCondition {
  return { kind: "any", of };
}

export function filterPattern(condition: FilterCondition): string {
  return `{ ${render(condition)} }`;
}

/** Parentheses stand only where `&&` and `||` meet, since each character counts. */
function render(condition: FilterCondition): string {
  if (condition.kind === "test") return condition.text;
  const of = flatten(condition);
  if (of.length === 0) throw new Error("a condition of nothing matches everything or nothing");
  return of
    .map((part) => (part.kind === "test" || of.length === 1 ? render(part) : `(${render(part)})`))
    .join(condition.kind === "all" ? " && " : " || ");
}

/** Without groups inside a group of the same kind, or of one. */
function flatten({ kind, of }: Exclude<FilterCondition, { kind: "test" }>): readonly FilterCondition[] {
  return of.flatMap((part) => {
    if (part.kind === "test") return [part];
    const inner = flatten(part);
    return part.kind === kind || inner.length === 1 ? inner : [part];
  });
}

function test(text: string): FilterCondition {
  return { kind: "test", text };
}

function quoted(value: string): string {
  if (/["\\\n]/.test(value) || /[^*]\*+[^*]/.test(value)) throw new Error(`a pattern cannot hold ${value}`);
  return `"${value}"`;
}
