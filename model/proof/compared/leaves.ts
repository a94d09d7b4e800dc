import { isObject } from "../../access/conditions";
import type { AccessDocuments, NamedPolicy } from "../../access/input";

/** Policies of secrets and keys. */
export function resourcePolicies({ items, keys }: AccessDocuments): readonly NamedPolicy[] {
  return [
    ...items.flatMap((item) => (item.kind === "secret" && item.policy !== undefined ? [item.policy] : [])),
    ...keys.map(({ policy }) => policy),
  ];
}

/** Policies and boundaries of roles. */
export function rolePolicies({ principals }: AccessDocuments): readonly NamedPolicy[] {
  return principals.flatMap(({ policies, boundary }) =>
    boundary === undefined ? policies : [...policies, boundary],
  );
}

/** Each document once, as an object; what is none is told by whoever decides about it. */
export function parsedOnce(policies: readonly NamedPolicy[]): readonly Readonly<Record<string, unknown>>[] {
  return [...new Set(policies.map(({ document }) => document))].map(parsed).filter(isObject);
}

function parsed(document: string | object): unknown {
  if (typeof document !== "string") return document;
  try {
    return JSON.parse(document);
  } catch {
    return undefined;
  }
}

/** Every text in a value, however deep. */
export function textsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isObject(value) ? Object.values(value).flatMap(textsIn) : [];
}
