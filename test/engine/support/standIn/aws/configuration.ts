/** Lists and objects reach a provider's configuration as JSON text. */
export function decoded(value: unknown): unknown {
  return typeof value === "string" ? (JSON.parse(value) as unknown) : value;
}

/** A list of texts; YAML takes an account number without quotes for a number. */
export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
