import { z } from "zod";
import type { DurationUnit } from "../catalogue/normalise/durations";
import type { ProblemWords } from "./problem";

/** What a key takes and what to do when something else stands there; metadata of the schema it belongs to. */
export interface Expectation {
  /** Sentence without a full stop: what is allowed. */
  readonly allowed: string;
  /** Sentence without a full stop: what to do; absent when `allowed` says it. */
  readonly remedy?: string;
  /** For maps of fixed keys: the keys. */
  readonly keys?: readonly string[];
  /** For durations: the unit to suggest, and the bounds in seconds and in words. */
  readonly duration?: {
    readonly unit: DurationUnit;
    readonly lowest: number;
    readonly highest: number;
    readonly from: string;
    readonly to: string;
  };
  /** What was found, where it is not the value by itself that is wrong; and whether its key is shown for it. */
  readonly found?: string;
  readonly part?: "key" | "value";
}

/** A schema, or one of the checks of a schema that checks several things. */
type Part = z.core.$ZodType | z.core.$ZodCheck;

/** What a part expects, or what it says of the value that it refused. */
type Expected = Expectation | ((value: unknown) => Expectation);

const expectations = new WeakMap<Part, Expected>();

/** Gives a schema, or a check, its words. Copies that `describe`, `meta` and further checks make of it have them too. */
export function expecting<P extends Part>(part: P, expected: Expected): P {
  expectations.set(part, expected);
  return part;
}

/** Words of an issue that a schema raises by `addIssue`, or by `refine`, behind its own form. */
export function refusal(allowed: string, remedy?: string) {
  return { params: { expectation: wordsOf(allowed, remedy) } };
}

/** What is wrong with keys of a map that are right each by itself. */
export interface Disagreement extends ProblemWords {
  /** Where it is shown; absent: at the map. */
  readonly key?: string;
  readonly part?: "key" | "value";
}

/** An issue of keys of a map that disagree. */
export function disagreement({ key, ...expectation }: Disagreement) {
  return { code: "custom" as const, path: key === undefined ? [] : [key], params: { expectation } };
}

/** What was expected where zod found something else; undefined where nobody said. A check's words go before its schema's. */
export function expectationOf(issue: z.core.$ZodRawIssue): Expectation | undefined {
  if (issue.code === "custom" && issue.params !== undefined)
    return (issue.params as Partial<ReturnType<typeof refusal>["params"]>).expectation;
  const expected = expectedOf(issue.inst) ?? expectedOf(issue.schema);
  return typeof expected === "function" ? expected(issue.input) : expected;
}

/** What a schema expects, for those who write it; undefined where nobody said. */
export function expectationOfSchema(schema: Part): Expectation | undefined {
  const expected = expectedOf(schema);
  return typeof expected === "function" ? expected(undefined) : expected;
}

function expectedOf(part: Part | undefined): Expected | undefined {
  if (part === undefined) return undefined;
  return expectations.get(part) ?? expectedOf("parent" in part._zod ? part._zod.parent : undefined);
}

export function wordsOf(allowed: string, remedy?: string): Expectation {
  return remedy === undefined ? { allowed } : { allowed, remedy };
}

/** A text of one form. */
export function text(pattern: RegExp, allowed: string, remedy?: string) {
  return textOf(pattern, wordsOf(allowed, remedy));
}

/** `patternErrorMessage` is what yaml-language-server shows instead of the pattern. */
export function textOf(pattern: RegExp, expectation: Expectation) {
  const schema = z.string().regex(pattern).meta({ patternErrorMessage: expectation.allowed });
  return expecting(schema, expectation);
}

/** One of a few words. */
export function oneOf<const Words extends readonly [string, ...string[]]>(words: Words, remedy?: string) {
  const list = words.map((word) => `\`${word}\``).join(", ");
  return expecting(z.enum(words), wordsOf(`must be ${words.length > 1 ? "one of " : ""}${list}`, remedy));
}

/** A whole number in a range, both bounds included. */
export function integer(lowest: number, highest: number, what: string) {
  const allowed = `must be ${what}, a whole number from ${lowest} to ${highest}`;
  return expecting(z.int().min(lowest).max(highest), { allowed });
}

export function flag() {
  return expecting(z.boolean(), { allowed: "must be `true` or `false`" });
}

/** A map of fixed keys; any other key is an error. */
export function section<Shape extends z.ZodRawShape>(what: string, shape: Shape) {
  const keys = Object.keys(shape);
  return expecting(z.strictObject(shape), {
    allowed: `${what} is a map with the keys ${keys.join(", ")}`,
    keys,
  });
}

/** A map whose keys the manifest's author names. */
export function named<Entry extends z.ZodType>(what: string, name: z.ZodString, entry: Entry) {
  return expecting(z.record(name, entry), { allowed: `must be a map from ${what}` });
}

/** A list with at least one entry. */
export function list<Entry extends z.ZodType>(what: string, entry: Entry) {
  const allowed = `must be a list of ${what}, with at least one entry`;
  return expecting(z.array(entry).min(1), { allowed });
}

/** One of several schemas. */
export function either<const Options extends readonly [z.ZodType, ...z.ZodType[]]>(
  options: Options,
  allowed: string,
) {
  return expecting(z.union(options), { allowed });
}
