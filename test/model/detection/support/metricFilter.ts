/**
 * Metric filters for JSON records, as CloudWatch Logs documents them. Strict: what the page does not show is an error,
 * so that a pattern of ours never rests on it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/matching-terms-json-log-events.html
 */
export interface Interpretation {
  /** Whether `!=` holds of a field that is missing; no page says. */
  readonly missingDiffers: boolean;
}

type Matcher = (record: unknown, how: Interpretation) => boolean;

/** @throws Error at the place where the pattern ends to be one */
export function metricFilter(pattern: string): Matcher {
  if (pattern.length > 1_024) throw new Error(`${pattern.length} characters, more than 1,024`);
  const reader = new Reader(pattern);
  reader.expect("{");
  const matcher = disjunction(reader);
  reader.expect("}");
  reader.end();
  return matcher;
}

function disjunction(reader: Reader): Matcher {
  const parts = [conjunction(reader)];
  while (reader.accept("||")) parts.push(conjunction(reader));
  return (record, how) => parts.some((part) => part(record, how));
}

/** Binds closer than `||`. */
function conjunction(reader: Reader): Matcher {
  const parts = [term(reader)];
  while (reader.accept("&&")) parts.push(term(reader));
  return (record, how) => parts.every((part) => part(record, how));
}

function term(reader: Reader): Matcher {
  if (!reader.accept("(")) return comparison(reader);
  const inner = disjunction(reader);
  reader.expect(")");
  return inner;
}

function comparison(reader: Reader): Matcher {
  const field = fieldReader(reader.take(/\$(?:\.[A-Za-z_][\w-]*(?:\[\d+\])*)+/y, "a field"));
  if (reader.accept("NOT")) {
    reader.expect("EXISTS");
    return (record) => field(record) === undefined;
  }
  if (reader.accept("IS")) {
    const wanted = { NULL: null, TRUE: true, FALSE: false }[
      reader.take(/NULL|TRUE|FALSE/y, "NULL, TRUE or FALSE")
    ];
    return (record) => field(record) === wanted;
  }
  const operator = reader.take(/!=|<=|>=|=|<|>/y, "a comparison");
  const value = reader.take(/"[^"]*"|[A-Za-z0-9_.*-]+/y, "a value");
  return compare(field, operator, value);
}

function compare(field: (record: unknown) => unknown, operator: string, value: string): Matcher {
  if (operator !== "=" && operator !== "!=") {
    const bound = Number(value);
    if (Number.isNaN(bound)) throw new Error(`${operator} takes a number, not ${value}`);
    const holds = { "<": lower, "<=": notHigher, ">": higher, ">=": notLower }[operator]!;
    return (record) => {
      const found = field(record);
      return typeof found === "number" && holds(found, bound);
    };
  }
  const equals = valueMatcher(value);
  if (operator === "=") return (record) => equals(field(record));
  return (record, { missingDiffers }) => {
    const found = field(record);
    return found === undefined ? missingDiffers : !equals(found);
  };
}

const lower = (a: number, b: number) => a < b;
const notHigher = (a: number, b: number) => a <= b;
const higher = (a: number, b: number) => a > b;
const notLower = (a: number, b: number) => a >= b;

/** `*` at the beginning and the end stands for any characters. */
function valueMatcher(value: string): (found: unknown) => boolean {
  const text = value.startsWith('"') ? value.slice(1, -1) : value;
  const core = text.replace(/^\*/, "").replace(/\*$/, "");
  if (core.includes("*")) throw new Error(`* within ${value} is not documented`);
  const [opens, closes] = [text.startsWith("*"), text.endsWith("*") && text.length > 1];
  return (found) => {
    if (typeof found === "number") return core === "" || Number(text) === found;
    if (typeof found !== "string") return false;
    if (opens && closes) return found.includes(core);
    if (opens) return found.endsWith(core);
    return closes ? found.startsWith(core) : found === core;
  };
}

/** `$.a.b[0].c` */
function fieldReader(selector: string): (record: unknown) => unknown {
  const steps = [...selector.matchAll(/\.([A-Za-z_][\w-]*)|\[(\d+)\]/g)].map(
    ([, name, index]) => name ?? Number(index),
  );
  return (record) =>
    steps.reduce<unknown>(
      (at, step) =>
        typeof at === "object" && at !== null ? (at as Record<string | number, unknown>)[step] : undefined,
      record,
    );
}

class Reader {
  #at = 0;

  constructor(private readonly text: string) {}

  accept(word: string): boolean {
    this.#skipSpace();
    if (!this.text.startsWith(word, this.#at)) return false;
    this.#at += word.length;
    return true;
  }

  expect(word: string): void {
    if (!this.accept(word)) this.#fail(`\`${word}\``);
  }

  take<T extends string>(sticky: RegExp, what: string): T {
    this.#skipSpace();
    sticky.lastIndex = this.#at;
    const [found] = sticky.exec(this.text) ?? [];
    if (found === undefined) return this.#fail(what);
    this.#at += found.length;
    return found as T;
  }

  end(): void {
    this.#skipSpace();
    if (this.#at < this.text.length) this.#fail("the end");
  }

  #skipSpace(): void {
    while (this.text[this.#at] === " ") this.#at += 1;
  }

  #fail(expected: string): never {
    throw new Error(`${expected} is expected at ${this.#at}: ${this.text.slice(this.#at, this.#at + 40)}`);
  }
}
