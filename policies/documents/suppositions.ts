import { entriesOf, isObject, listOf, textOf, unknown, type Properties, type Value } from "../view/values";
import { elementOf, mapElements } from "./elements";
import { accountOfNobody, strangers } from "./strangers";
import { supposeConditions } from "./supposedConditions";
import type { Supposition } from "./supposition";

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

/** A service that says for whom it acts when it assumes a role, one that does not, and one that says it in tags. */
const services = ["ecs-tasks.amazonaws.com", "cloudtrail.amazonaws.com", "pods.eks.amazonaws.com"];

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

function mapList(value: Value, map: (entry: Value) => Value): Value {
  return Array.isArray(value) ? (value as readonly Value[]).map(map) : map(value);
}
