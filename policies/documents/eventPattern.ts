import { everyOf, negated, someOf, type Truth } from "../view/threeValued";
import { isObject, listOf, textOf, unknown, type Unknown, type Value } from "../view/values";
import { covers } from "../../model/aws/patterns";

/** A field of an event: its text, the fields below it, or `any` for a text that nobody can tell beforehand. */
export type EventField = string | Unknown | typeof any | EventFields;
export interface EventFields {
  readonly [name: string]: EventField;
}
export const any: unique symbol = Symbol("any text");

/**
 * What every event has beside its source, its type and its detail.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-events-structure.html
 */
export const envelope = {
  version: any,
  id: any,
  time: any,
  account: any,
  region: any,
  resources: any,
} as const;

/**
 * Does an EventBridge pattern take an event? A field that the event does not name is none it has; one of `any` text fits
 * every test of its text. Unknown where it depends on what is not known before the update.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function takesEvent(pattern: Value, event: EventFields): Truth {
  if (pattern === unknown) return unknown;
  if (!isObject(pattern)) return false;
  return everyOf(Object.entries(pattern), ([name, wanted]) =>
    name === "$or"
      ? someOf(listOf(wanted), (choice) => takesEvent(choice, event))
      : takesField(wanted, event[name]),
  );
}

function takesField(wanted: Value, field: EventField | undefined): Truth {
  if (wanted === unknown) return unknown;
  if (isObject(wanted)) return takesEvent(wanted, typeof field === "object" ? field : {});
  return someOf(listOf(wanted), (test) => takesText(test, field));
}

/** One entry of a list: a text, or an operator with what it asks for. */
function takesText(test: Value, field: EventField | undefined): Truth {
  if (test === unknown) return unknown;
  const [operator, operand] = isObject(test) ? (Object.entries(test)[0] ?? ["", ""]) : ["equals", test];
  if (operand === unknown) return unknown;
  if (operator === "exists") return operand === (field !== undefined);
  if (field === undefined || typeof field === "object") return false;
  if (field === any) return true;
  return field === unknown ? unknown : meets(operator, operand, field);
}

function meets(operator: string, operand: Value, text: string): Truth {
  if (operator === "anything-but") {
    const tests = isObject(operand) ? [operand] : listOf(operand);
    return negated(someOf(tests, (test) => takesText(test, text)));
  }
  // `{ prefix: { "equals-ignore-case": "Orders" } }`
  if (isObject(operand)) return meets(operator, lower(operand["equals-ignore-case"]), text.toLowerCase());
  return someOf(listOf(operand), (one) => compare(operator, textOf(one), text));
}

function compare(operator: string, wanted: string | undefined, text: string): boolean {
  if (wanted === undefined) return false;
  switch (operator) {
    case "equals":
      return text === wanted;
    case "equals-ignore-case":
      return text.toLowerCase() === wanted.toLowerCase();
    case "prefix":
      return text.startsWith(wanted);
    case "suffix":
      return text.endsWith(wanted);
    case "wildcard":
      return covers(wanted, text);
    default:
      // Numbers and addresses are no texts.
      return false;
  }
}

function lower(operand: Value): Value {
  return listOf(operand).map((one) => textOf(one)?.toLowerCase());
}
