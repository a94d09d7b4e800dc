import { isObject, listOf, textOf, unknown, unknownPaths, type Properties, type Value } from "../view/values";
import type { Condition, PolicyDocument, Principal, Reading, Statement, Text } from "./document";
import { elementOf } from "./elements";

const absent: Reading = { state: "absent" };
const wholeUnknown: Reading = { state: "unknown" };
const malformed: Reading = { state: "malformed" };

/** Documents written as text, by that text: the same policy stands on many resources and is read by many rules. */
const readTexts = new Map<string, Reading>();
const readObjects = new WeakMap<object, Reading>();
const mostTexts = 2000;

/**
 * Reads a property that holds a policy document: JSON text or an object, single values or lists, keys in any case.
 * Parts that are not known stay where they are. Never throws.
 */
export function readDocument(value: Value): Reading {
  if (value === unknown) return wholeUnknown;
  if (value === undefined || value === null || value === "") return absent;
  if (typeof value === "string") {
    let reading = readTexts.get(value);
    if (reading === undefined) {
      reading = readText(value);
      if (readTexts.size >= mostTexts) readTexts.clear();
      readTexts.set(value, reading);
    }
    return reading;
  }
  if (!isObject(value)) return malformed;
  let reading = readObjects.get(value);
  if (reading === undefined) {
    reading = readObject(value);
    readObjects.set(value, reading);
  }
  return reading;
}

/** The statements of a property that holds a document; none when it holds nothing that can be read. */
export function statementsOf(value: Value): readonly Statement[] {
  const reading = readDocument(value);
  return reading.state === "document" ? reading.document.statements : [];
}

function readText(text: string): Reading {
  try {
    const value = JSON.parse(text) as Value;
    return isObject(value) ? readObject(value) : malformed;
  } catch {
    return malformed;
  }
}

function readObject(object: Properties): Reading {
  const statement = elementOf(object, "statement");
  if (statement === unknown) return wholeUnknown;
  if (statement === undefined) return malformed;
  const statements: Statement[] = [];
  for (const [at, entry] of listOf(statement).entries()) {
    if (entry === unknown)
      statements.push({ ...nothing, at, effect: unknown, unknownParts: [`Statement[${at}]`] });
    else if (isObject(entry)) statements.push(readStatement(entry, at));
    else return malformed;
  }
  return { state: "document", document: { statements } satisfies PolicyDocument };
}

const nothing = {
  principals: [],
  notPrincipals: [],
  actions: [],
  notActions: [],
  resources: [],
  notResources: [],
  conditions: [],
} as const;

function readStatement(object: Properties, at: number): Statement {
  const sid = textOf(elementOf(object, "sid"));
  return {
    at,
    ...(sid === undefined || sid === "" ? {} : { sid }),
    effect: readEffect(elementOf(object, "effect")),
    principals: readPrincipals(elementOf(object, "principal")),
    notPrincipals: readPrincipals(elementOf(object, "notprincipal")),
    actions: readTextList(elementOf(object, "action")),
    notActions: readTextList(elementOf(object, "notaction")),
    resources: readTextList(elementOf(object, "resource")),
    notResources: readTextList(elementOf(object, "notresource")),
    conditions: readConditions(elementOf(object, "condition")),
    unknownParts: unknownPaths(object, `Statement[${at}]`),
  };
}

function readEffect(value: Value): Statement["effect"] {
  if (value === unknown) return unknown;
  return textOf(value)?.toLowerCase() === "deny" ? "Deny" : "Allow";
}

function readTextList(value: Value): Text[] {
  if (value === unknown) return [unknown];
  return listOf(value).map((entry) => (entry === unknown ? unknown : (textOf(entry) ?? "")));
}

const principalKinds = new Map(
  ["AWS", "Service", "Federated", "CanonicalUser"].map((kind) => [kind.toLowerCase(), kind]),
);

function readPrincipals(value: Value): Principal[] {
  if (value === unknown) return [{ kind: "AWS", value: unknown }];
  if (typeof value === "string") return [{ kind: value === "*" ? "*" : "AWS", value }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([key, values]) =>
    readTextList(values).map((entry): Principal => {
      const kind = principalKinds.get(key.toLowerCase()) ?? key;
      return { kind: kind === "AWS" && entry === "*" ? "*" : kind, value: entry };
    }),
  );
}

function readConditions(value: Value): Condition[] {
  if (value === unknown) return [{ operator: "", ifExists: false, key: "", values: [unknown] }];
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([written, tests]) => {
    const operator = readOperator(written);
    if (tests === unknown) return [{ ...operator, key: "", values: [unknown] }];
    if (!isObject(tests)) return [];
    return Object.entries(tests).map(([key, values]): Condition => ({
      ...operator,
      key: key.toLowerCase(),
      values: readTextList(values),
    }));
  });
}

function readOperator(written: string): Pick<Condition, "operator" | "qualifier" | "ifExists"> {
  let operator = written.toLowerCase();
  const colon = operator.indexOf(":");
  const qualifier = colon < 0 ? undefined : operator.slice(0, colon);
  operator = operator.slice(colon + 1);
  const ifExists = operator.endsWith("ifexists");
  if (ifExists) operator = operator.slice(0, -"ifexists".length);
  return {
    operator,
    ifExists,
    ...(qualifier === "foranyvalue" || qualifier === "forallvalues" ? { qualifier } : {}),
  };
}
