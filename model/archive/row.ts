import { isAudited, type TrailRecord } from "../audit/trailRecord";
import { selected } from "./query";

const paths: readonly (readonly string[])[] = Object.values(selected);

/** Columns that hold JSON. */
const jsonPaths: ReadonlySet<readonly string[]> = new Set<readonly string[]>([
  selected.requestparameters,
  selected.additionaleventdata,
]);

/**
 * The record that a row of `archiveQuery`'s result stands for.
 * @param values one a column, undefined for NULL
 * @returns undefined for what is no record, as the line of headings that Athena begins a result with
 */
export function recordOfRow(values: readonly (string | undefined)[]): TrailRecord | undefined {
  const record: Tree = {};
  paths.forEach((path, column) => {
    const value = values[column];
    if (value === undefined) return;
    put(record, path, jsonPaths.has(path) ? parsed(value) : value);
  });
  return isAudited(record) ? record : undefined;
}

interface Tree {
  [key: string]: unknown;
}

function put(tree: Tree, [key = "", ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) tree[key] = value;
  else put((tree[key] ??= {}) as Tree, rest, value);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
