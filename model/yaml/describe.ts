import { redact } from "./credentials";

/** What stands somewhere, in words, unless it is long or could be a credential. */
export function describe(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  if (typeof value === "object") return Object.keys(value).length === 0 ? "an empty map" : "a map";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value !== "string") return "something else";
  if (value === "") return "an empty text";
  const text = redact(value);
  return text === undefined ? `a text of ${value.length} characters` : `"${text}"`;
}

/** A key that an error names, unless it is long or could be a credential. */
export function quotedKey(key: string): string {
  const text = redact(key);
  return text === undefined ? `of ${key.length} characters` : `\`${text}\``;
}
