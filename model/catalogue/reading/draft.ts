import type { Path } from "../../yaml/tree";
import { pathKey } from "../../yaml/tree";

type Plain = string | number | boolean;
type Keys<T> = T extends unknown ? keyof T : never;
type At<T, Key extends PropertyKey> = T extends unknown ? (Key extends keyof T ? T[Key] : never) : never;

type DraftList<T> = [T] extends [never]
  ? never
  : readonly (T extends readonly (infer Entry)[] ? Draft<Entry> | undefined : never)[];
type DraftMap<T> = [T] extends [never]
  ? never
  : { readonly [Key in Keys<T>]?: Draft<At<T, Key>> | undefined };

/**
 * What a manifest says as far as it is well-formed: everything that the schema refused is left out, so that the checks
 * behind it still find what is wrong with the rest. The alternatives of a union are one map with all their keys.
 */
export type Draft<T> =
  | Extract<T, Plain>
  | DraftList<Extract<T, readonly unknown[]>>
  | DraftMap<Exclude<T, Plain | readonly unknown[] | null | undefined>>;

/** Copies plain values without those at the paths given; list entries leave a gap, so that the others keep their place. */
export function prune(plain: unknown, dropped: readonly Path[]): unknown {
  const keys = new Set(dropped.map(pathKey));
  const copy = (value: unknown, path: Path): unknown => {
    if (keys.has(pathKey(path)) || value === null) return undefined;
    if (Array.isArray(value)) return value.map((entry, index) => copy(entry, [...path, index]));
    if (typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value)
        .map(([key, entry]) => [key, copy(entry, [...path, key])] as const)
        .filter(([, entry]) => entry !== undefined),
    );
  };
  return keys.has("") ? undefined : copy(plain, []);
}
