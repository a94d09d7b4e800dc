import type { z } from "zod";
import { type Expectation, expectationOf } from "./expectation";
import type { Path } from "./tree";

/** One thing that a schema refuses. */
export type Issue = {
  /** From the value that was looked at. */
  readonly path: Path;
  readonly expectation: Expectation;
} & (
  | { readonly kind: "unknown-keys"; readonly keys: readonly string[] }
  /** The last part of the path is a key of another form; `expectation` is of the key. */
  | { readonly kind: "bad-key" }
  /** None of several schemas takes the value: what each refuses. */
  | { readonly kind: "no-alternative"; readonly alternatives: readonly (readonly Issue[])[] }
  /** A key that says which of several schemas is meant says none of them; `words` are what it may say. */
  | { readonly kind: "unknown-kind"; readonly words: readonly string[] }
  /** Something of another form, or nothing; `words` where it must be one of a few. */
  | { readonly kind: "wrong"; readonly words: readonly string[] }
);

/** What a schema makes of a value, or everything that it refuses of it. */
export function parsed<Value>(
  schema: z.ZodType<Value>,
  value: unknown,
): { readonly value: Value } | { readonly issues: readonly Issue[] } {
  // A text is all that zod carries from a schema to the issues it gives out: here it is a number of this list.
  const expectations: Expectation[] = [];
  const result = schema.safeParse(value, {
    error: (issue) => {
      const expectation = expectationOf(issue);
      return expectation === undefined ? undefined : String(expectations.push(expectation) - 1);
    },
  });
  if (result.success) return { value: result.data };
  return { issues: result.error.issues.map((issue) => issueOf(issue, expectations)) };
}

function issueOf(issue: z.core.$ZodIssue, expectations: readonly Expectation[]): Issue {
  const path = issue.path as Path;
  const expectation = expectations[Number(issue.message)] ?? { allowed: issue.message };
  const inner = (nested: readonly z.core.$ZodIssue[]) => nested.map((one) => issueOf(one, expectations));
  switch (issue.code) {
    case "unrecognized_keys":
      return { kind: "unknown-keys", path, expectation, keys: issue.keys };
    case "invalid_key":
      return { kind: "bad-key", path, expectation: inner(issue.issues)[0]?.expectation ?? expectation };
    case "invalid_union": {
      const words = textsIn("options" in issue ? (issue.options ?? []) : []);
      if (issue.errors.length === 0) return { kind: "unknown-kind", path, expectation, words };
      return { kind: "no-alternative", path, expectation, alternatives: issue.errors.map(inner) };
    }
    case "invalid_value":
      return { kind: "wrong", path, expectation, words: textsIn(issue.values) };
    default:
      return { kind: "wrong", path, expectation, words: [] };
  }
}

function textsIn(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === "string");
}
