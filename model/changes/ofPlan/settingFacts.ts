import type { Fact, Wider } from "../types";

/**
 * Each text, number and list of nested settings as a fact, by its dotted path.
 * @param directions the first whose pattern matches a path says what widens it; none: nothing does
 */
export function settingFacts(
  settings: object,
  directions: readonly (readonly [RegExp, Wider])[],
): Readonly<Record<string, Fact>> {
  const facts: Record<string, Fact> = {};
  const walk = (value: unknown, path: string): void => {
    if (value === undefined) return;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) walk(inner, path === "" ? key : `${path}.${key}`);
      return;
    }
    const wider = directions.find(([pattern]) => pattern.test(path))?.[1];
    facts[path] = { value: plain(value), ...(wider !== undefined && { wider }) };
  };
  walk(settings, "");
  return facts;
}

function plain(value: unknown): Fact["value"] {
  if (Array.isArray(value))
    return value.map((entry) => (typeof entry === "string" ? entry : JSON.stringify(entry)));
  return typeof value === "number" || typeof value === "boolean" ? value : String(value);
}
