import { isObject, listOf, unknown, type Properties, type Value } from "../view/values";

/**
 * Is it a policy document that says nothing: `{}`, or no statement that holds anything? A text of spaces counts; one that
 * is no JSON does not, and neither does anything unknown.
 */
export function isEmptyDocument(value: Value): boolean {
  const content = typeof value === "string" ? parsed(value) : value;
  if (content === null) return true;
  if (Array.isArray(content)) return content.length === 0;
  return isObject(content) && statementsIn(content).every((one) => isObject(one) && isEmpty(one));
}

/** Undefined when the text is no JSON. */
function parsed(text: string): Value {
  if (text.trim() === "") return null;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return undefined;
  }
}

function statementsIn(document: Properties): readonly Value[] {
  const key = Object.keys(document).find((name) => name.toLowerCase() === "statement");
  const statements = key === undefined ? undefined : document[key];
  return statements === unknown ? [unknown] : listOf(statements);
}

function isEmpty(object: Properties): boolean {
  return Object.keys(object).length === 0;
}
