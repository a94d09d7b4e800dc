import { type Manifest, written } from "../reading/manifest";
import type { Path } from "../../yaml/tree";

export type Scalar = string | number | boolean;

/** The text of a String, as written, or of a StringList, joined by commas. */
export function valueText(manifest: Manifest, path: Path, value: Scalar | readonly Scalar[]): string {
  if (typeof value === "string") return value;
  if (typeof value !== "object") return written(manifest, path) ?? String(value);
  return value.map((entry, index) => valueText(manifest, [...path, index], entry)).join(",");
}

/** Whether a value is a list, rather than a map; `Array.isArray` takes no lists of fixed entries out of a union. */
export function isList<Entry>(value: readonly Entry[] | object): value is readonly Entry[] {
  return Array.isArray(value);
}
