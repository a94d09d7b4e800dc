import { record } from "./readExport";

/** Whether two texts are one policy: order says nothing in it, and neither does whether one value stands in a list. */
export function sameDocument(one: string, other: string): boolean {
  if (one === other) return true;
  try {
    return canonical(JSON.parse(one)) === canonical(JSON.parse(other));
  } catch {
    return false;
  }
}

/** One text for all that mean the same. */
export function canonical(value: unknown): string {
  if (Array.isArray(value)) {
    const all = [...new Set(value.map(canonical))].sort();
    return all.length === 1 ? all[0]! : `[${all.join(",")}]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(record(value)).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}
