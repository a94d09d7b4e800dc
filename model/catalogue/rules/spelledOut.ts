import type { Path } from "../../yaml/tree";

/** A value that a manifest gives once, or for each environment. */
export type Given<Value> = Value | { readonly [environment: string]: Value | undefined } | undefined;

/** A value with the place it stands at. */
export interface Spelled<Value> {
  readonly value: Value;
  readonly path: Path;
}

/** Each value that stands there, with its place. */
export function spelledOut<Value extends string | number | boolean>(
  path: Path,
  given: Given<Value>,
): readonly Spelled<Value>[] {
  if (given === undefined) return [];
  if (typeof given !== "object") return [{ value: given, path }];
  return Object.entries(given).flatMap(([environment, value]) =>
    value === undefined ? [] : [{ value, path: [...path, environment] }],
  );
}

/** The value that holds in one environment, with its place; undefined where none is known. */
export function spelledIn<Value extends string | number>(
  environment: string,
  path: Path,
  given: Given<Value>,
): Spelled<Value> | undefined {
  const value = typeof given === "object" ? given[environment] : given;
  if (value === undefined) return undefined;
  return { value, path: typeof given === "object" ? [...path, environment] : path };
}
