import type { Path } from "./tree";

export interface Text {
  readonly path: Path;
  readonly text: string;
  readonly part: "key" | "value";
}

/** Every text of a file's tree, keys as well, in the order of the file. */
export function textsOf(value: unknown, path: Path): readonly Text[] {
  if (typeof value === "string") return [{ path, text: value, part: "value" }];
  if (Array.isArray(value)) return value.flatMap((entry, index) => textsOf(entry, [...path, index]));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, entry]) => [
    { path: [...path, key], text: key, part: "key" as const },
    ...textsOf(entry, [...path, key]),
  ]);
}
