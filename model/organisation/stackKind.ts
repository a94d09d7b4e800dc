import { nearest } from "../yaml/nearest";
import { securitySettings, workloadSettings } from "./schema";

export type StackKind = "security" | "workload";

const own = "secrets-platform:";

/** Without what all of them begin with, which would make any two look alike. */
function ownKeys(keys: readonly string[]): readonly string[] {
  return keys.filter((key) => key.startsWith(own)).map((key) => key.slice(own.length));
}

const keysOf = {
  security: ownKeys(Object.keys(securitySettings.shape)),
  workload: ownKeys(Object.keys(workloadSettings.shape)),
};
const allKeys = [...new Set([...keysOf.security, ...keysOf.workload])];

/** Says that a stack is one environment's consumers, which nothing else has a network for. */
const network = "network";

/** Decides where the other keys speak for both. */
const deciding: Readonly<Record<string, StackKind>> = {
  environment: "workload",
  environments: "security",
};

/**
 * What a stack's file is meant to be, by the keys that only one kind of stack has, so that it is told what it lacks of
 * that kind; a key that nobody has counts as the one it was meant to be. Undefined where no key tells.
 */
export function stackKind(keys: readonly string[]): StackKind | undefined {
  const meant = ownKeys(keys).map((key) => (allKeys.includes(key) ? key : nearest(key, allKeys)));
  const count = (kind: StackKind, other: StackKind) =>
    meant
      .filter((key) => key !== undefined && keysOf[kind].includes(key) && !keysOf[other].includes(key))
      .reduce((sum, key) => sum + (key === network ? 2 : 1), 0);
  const difference = count("workload", "security") - count("security", "workload");
  if (difference !== 0) return difference > 0 ? "workload" : "security";
  const [decided] = ownKeys(keys).flatMap((key) => deciding[key] ?? []);
  return decided;
}
