import type { Properties, Value } from "../view/values";

/** IAM's own grammar has one spelling; programs and other tools write `statement`, `Statement`, `effect`. */
export function elementOf(object: Properties, lowerCaseName: string): Value {
  for (const key in object) if (key.toLowerCase() === lowerCaseName) return object[key];
  return undefined;
}

/** By lower-case names; what becomes undefined is left out. */
export function mapElements(object: Properties, map: (name: string, element: Value) => Value): Properties {
  const result: Record<string, Value> = {};
  for (const [key, element] of Object.entries(object)) {
    const mapped = map(key.toLowerCase(), element);
    if (mapped !== undefined) result[key] = mapped;
  }
  return result;
}
