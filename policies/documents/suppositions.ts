import { entriesOf, isObject, listOf, textOf, unknown, type Properties, type Value } from "../values";

/**
 * What a policy document with parts that are not known may turn out to be: as wide as those parts can make it, as
 * narrow, and with a value in their place that nothing else of the program names. A rule that finds in none of them
 * what it looks for need not know the parts.
 */
export type Supposition = "widest" | "narrowest" | "stranger";
export const suppositions: readonly Supposition[] = ["widest", "narrowest", "stranger"];

const supposed: Readonly<Record<Supposition, WeakMap<object, Value>>> = {
  widest: new WeakMap(),
  narrowest: new WeakMap(),
  stranger: new WeakMap(),
};

/** The document without unknown parts, statements at their places; the same value when all of it is known. */
export function suppose(value: Value, how: Supposition): Value {
  if (value === unknown) return { Statement: [wholeStatements[how]] };
  if (!isObject(value)) return value;
  let result = supposed[how].get(value);
  if (result === undefined) {
    result = supposeDocument(value, how);
    supposed[how].set(value, result);
  }
  return result;
}

function supposeDocument(document: Properties, how: Supposition): Value {
  return mapElements(document, (name, element) => {
    if (name !== "statement") return element;
    if (element === unknown) return [wholeStatements[how]];
    return mapList(element, (statement) => {
      if (statement === unknown) return wholeStatements[how];
      return isObject(statement) ? supposeStatement(statement, how) : statement;
    });
  });
}

/** A denial of nothing: keeps the place of a statement that is supposed away. */
const nothing: Properties = { Effect: "Deny" };

const accountOfNobody = "000000000000";
const strangers = {
  action: "unknown:Unknown",
  arn: `arn:aws:unknown:unknown:${accountOfNobody}:unknown`,
  account: accountOfNobody,
  organization: "o-unknown00000",
  other: "unknown",
} as const;

/** A service that says for whom it acts when it assumes a role, and one that does not. */
const services = ["ecs-tasks.amazonaws.com", "cloudtrail.amazonaws.com"];

/** Everybody, and by name somebody of an account that is nobody's. */
const everybody = ["*", `arn:aws:iam::${accountOfNobody}:root`];

const widestPrincipal: Properties = { AWS: everybody, Service: services, Federated: "*" };
const strangePrincipal: Properties = { AWS: everybody[1], Service: "unknown.amazonaws.com" };

const wholeStatements: Readonly<Record<Supposition, Properties>> = {
  widest: { Effect: "Allow", Principal: widestPrincipal, Action: "*", Resource: "*" },
  narrowest: { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" },
  stranger: {
    Effect: "Allow",
    Principal: strangePrincipal,
    Action: strangers.action,
    Resource: strangers.arn,
  },
};

function supposeStatement(statement: Properties, how: Supposition): Properties {
  const effect = elementOf(statement, "effect");
  const denies = effect === unknown ? how === "narrowest" : textOf(effect)?.toLowerCase() === "deny";
  // What a denial takes away is least where its statement is widest.
  const opposite = how === "stranger" ? how : how === "widest" ? "narrowest" : "widest";
  const inside = denies ? opposite : how;
  let gone = false;
  const drop = (): undefined => {
    gone = true;
    return undefined;
  };
  const result = mapElements(statement, (name, element) => {
    switch (name) {
      case "effect":
        return element === unknown ? (denies ? "Deny" : "Allow") : element;
      case "principal":
        return supposePrincipal(element, inside, drop);
      case "action":
        return supposeTexts(element, { widest: "*", stranger: strangers.action }, inside, drop);
      case "resource":
        return supposeTexts(element, { widest: "*", stranger: strangers.arn }, inside, drop);
      case "notaction":
      case "notresource":
      case "notprincipal":
        return supposeLeftOut(element, inside);
      case "condition":
        return supposeConditions(element, inside, denies);
      default:
        return element;
    }
  });
  return gone ? nothing : result;
}

type Drop = () => undefined;

function supposePrincipal(element: Value, how: Supposition, drop: Drop): Value {
  if (element === unknown) {
    if (how === "narrowest") return drop();
    return how === "widest" ? widestPrincipal : strangePrincipal;
  }
  if (!isObject(element)) return element;
  return mapElements(element, (kind, values) => {
    // A principal that is not known yet is somebody all the same.
    if (how === "narrowest") return values;
    const stranger = kind === "service" ? strangePrincipal["Service"] : strangePrincipal["AWS"];
    const one = how === "stranger" ? stranger : kind === "service" ? services : everybody;
    return entriesOf(values).flatMap((entry) => (entry === unknown ? listOf(one) : [entry]));
  });
}

function supposeTexts(
  element: Value,
  texts: { readonly widest: string; readonly stranger: string },
  how: Supposition,
  drop: Drop,
): Value {
  if (how !== "narrowest") return mapList(element, (entry) => (entry === unknown ? texts[how] : entry));
  const entries = entriesOf(element);
  if (!entries.includes(unknown)) return element;
  const rest = entries.filter((entry) => entry !== unknown);
  return rest.length === 0 ? drop() : rest;
}

/** What a statement leaves out is least where it is widest. */
function supposeLeftOut(element: Value, how: Supposition): Value {
  const left = how === "narrowest" ? "*" : strangers.action;
  if (isObject(element)) return mapElements(element, (_, values) => supposeLeftOut(values, how));
  return mapList(element, (entry) => (entry === unknown ? left : entry));
}

/** Operators whose values may hold wildcards, and so need not limit anything. */
const wild = /like|^arn/;

/** Conditions on what rules ask for; a value that is not known counts as one that limits. */
const limitingTests: Properties = Object.fromEntries(
  [
    "aws:PrincipalArn",
    "aws:PrincipalAccount",
    "aws:PrincipalOrgID",
    "aws:ResourceAccount",
    "aws:ResourceTag/unknown",
    "aws:SourceAccount",
    "iam:PassedToService",
    "kms:EncryptionContext:SecretARN",
    "kms:ResourceAliases",
    "kms:ViaService",
    "saml:aud",
    "unknown:amr",
    "unknown:aud",
    "unknown:sub",
  ].map((key) => [key, unknown]),
);

/** Conditions that only a stranger meets. */
const strangeTests: Properties = Object.fromEntries(
  ["aws:PrincipalArn", "aws:SourceAccount", "aws:SourceOwner"].map((key) => [key, unknown]),
);

/**
 * A value that is not known is taken for one that limits, where no wildcard can make it one that does not: so it stays
 * unknown unless a stranger is supposed.
 */
function supposeConditions(element: Value, how: Supposition, denies: boolean): Value {
  if (element === unknown)
    return supposeConditions({ [denies ? "StringNotEquals" : "StringEquals"]: unknown }, how, denies);
  if (!isObject(element)) return element;
  return mapElements(element, (operator, tests) => {
    if (tests !== unknown) return isObject(tests) ? supposeTests(tests, operator, how) : tests;
    if (how === "widest") return {};
    return supposeTests(how === "narrowest" ? limitingTests : strangeTests, operator, how);
  });
}

function supposeTests(tests: Properties, operator: string, how: Supposition): Properties {
  const open = how === "widest" && wild.test(operator.slice(operator.indexOf(":") + 1));
  return mapElements(tests, (key, values) => {
    const entries = entriesOf(values);
    if (!entries.includes(unknown)) return values;
    if (open) return undefined;
    const stranger = how === "stranger" ? strangerFor(key, operator) : unknown;
    return entries.map((entry) => (entry === unknown ? stranger : entry));
  });
}

function strangerFor(key: string, operator: string): string {
  if (operator === "null") return "false";
  if (key === "aws:principalarn") return "arn:aws:iam::*:role/unknown";
  if (key.endsWith("arn")) return strangers.arn;
  if (key.endsWith("account") || key.endsWith("owner")) return strangers.account;
  return key.includes("org") ? strangers.organization : strangers.other;
}

function elementOf(object: Properties, lowerCaseName: string): Value {
  for (const key in object) if (key.toLowerCase() === lowerCaseName) return object[key];
  return undefined;
}

/** By lower-case names; what becomes undefined is left out. */
function mapElements(object: Properties, map: (name: string, element: Value) => Value): Properties {
  const result: Record<string, Value> = {};
  for (const [key, element] of Object.entries(object)) {
    const mapped = map(key.toLowerCase(), element);
    if (mapped !== undefined) result[key] = mapped;
  }
  return result;
}

function mapList(value: Value, map: (entry: Value) => Value): Value {
  return Array.isArray(value) ? (value as readonly Value[]).map(map) : map(value);
}
