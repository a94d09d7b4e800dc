import type { FormChange } from "./databaseForm";

/** Where the manifest, or for `ssl` the security stack's file, says what a field of a database secret's JSON holds. */
const keys: Readonly<Record<string, string>> = {
  engine: "rotation.method",
  host: "database.host",
  port: "database.port",
  dbname: "database.name",
  username: "database.username",
  masterarn: "rotation.admin",
  ssl: "rotationNetwork.tls",
  readerHost: "database.readerHost",
};

/**
 * Keys of the manifest that a stored value does not follow yet, each once. That there is an administrator at all comes
 * from the strategy, which `rotation.method` says. A field without a key of its own goes by its name in the JSON.
 */
export function manifestKeys(changes: readonly FormChange[]): string[] {
  return [...new Set(changes.map(manifestKey))];
}

function manifestKey({ field, change }: FormChange): string {
  if (field === "masterarn" && change !== "changed") return "rotation.method";
  return keys[field] ?? field;
}

/** How the two users of alternating users come and go; undefined where the strategy is the same. */
export function strategyChange(
  changes: readonly FormChange[],
): "to alternating users" | "to a single user" | undefined {
  const found = changes.find(({ field, change }) => field === "masterarn" && change !== "changed");
  if (found === undefined) return undefined;
  return found.change === "added" ? "to alternating users" : "to a single user";
}
