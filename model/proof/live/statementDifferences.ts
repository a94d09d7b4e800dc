import { isObject } from "../../access/conditions";
import type { NamedPolicy } from "../../access/input";
import { isAccount } from "../../aws/textRules";

/** Statements of one document that another one lacks, by their names. */
export interface StatementDifferences {
  /** Deployed and not planned. */
  readonly added: readonly string[];
  /** Planned and not deployed. */
  readonly taken: readonly string[];
  /** Of one name, and saying something else. */
  readonly changed: readonly string[];
}

/**
 * Compares documents statement by statement, whatever the order of statements and of lists, and whichever way of writing
 * the same AWS keeps: one text or a list of one, an account's number or its root user's ARN. Ids that AWS makes up, of keys
 * and at the end of secrets' names, are taken for equal: whether the right key is named is for the layers to say.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function statementDifferences(
  planned: readonly NamedPolicy[],
  deployed: readonly NamedPolicy[],
): StatementDifferences {
  const [were, are] = [statementsOf(planned), statementsOf(deployed)];
  const taken = namesIn(without(were, are));
  const added = namesIn(without(are, were));
  const changed = taken.filter((name) => added.includes(name));
  return {
    added: added.filter((name) => !changed.includes(name)),
    taken: taken.filter((name) => !changed.includes(name)),
    changed,
  };
}

export function isSame({ added, taken, changed }: StatementDifferences): boolean {
  return added.length + taken.length + changed.length === 0;
}

interface Named {
  readonly name: string;
  /** Canonical. */
  readonly text: string;
}

function statementsOf(policies: readonly NamedPolicy[]): readonly Named[] {
  return policies.flatMap(({ document }) => {
    const found = typeof document === "string" ? parsed(document) : document;
    const { Statement, Version, ...more } = isObject(found) ? found : { Statement: [] };
    const all: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
    return [
      ...all.map((statement, at): Named => {
        const { Sid = "" } = isObject(statement) ? statement : {};
        const name = typeof Sid === "string" && Sid !== "" ? Sid : `statement ${at + 1}`;
        return { name, text: JSON.stringify([Version, canonical(statement)]) };
      }),
      ...(isObject(found) ? [] : [{ name: "the document, which is no JSON object", text: "" }]),
      ...Object.keys(more)
        .filter((element) => element !== "Id")
        .map((element) => ({ name: `the element ${element}`, text: element })),
    ];
  });
}

function without(some: readonly Named[], others: readonly Named[]): readonly Named[] {
  const texts = new Set(others.map(({ text }) => text));
  return some.filter(({ text }) => !texts.has(text));
}

function namesIn(some: readonly Named[]): readonly string[] {
  return [...new Set(some.map(({ name }) => name))];
}

function canonical(value: unknown, key?: string): unknown {
  if (Array.isArray(value)) {
    const all = [...new Set(value.map((one) => JSON.stringify(canonical(one, key))))].sort();
    const [only] = all;
    return all.length === 1 ? JSON.parse(only!) : all;
  }
  if (isObject(value))
    return Object.keys(value)
      .sort()
      .filter((name) => !(key === undefined && name === "Sid"))
      .map((name) => [name, canonical(value[name], name)]);
  return typeof value === "string" ? withoutMadeUp(value, key) : String(value);
}

function withoutMadeUp(text: string, key: string | undefined): string {
  if (isAccount(text) && key === "AWS") return `arn:root:${text}`;
  return text
    .replace(/^arn:[a-z-]+:iam::(\d{12}):root$/, key === "AWS" ? "arn:root:$1" : "$&")
    .replace(/^(arn:[a-z-]+:kms:[^:]*:[^:]*:key\/)(?:mrk-)?[0-9a-f-]{32,36}$/, "$1any")
    .replace(/^(arn:[a-z-]+:secretsmanager:[^:]*:[^:]*:secret:[^*?]+-)[A-Za-z0-9]{6}$/, "$1any");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
