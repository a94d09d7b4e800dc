import { isDeepStrictEqual } from "node:util";
import type { Change } from "./handlers";
import { isUnknown, type Properties } from "./properties";

/**
 * The leaves that differ between old and new inputs; lists count as leaves. A new value that is not known yet counts
 * as differing. Changes at or below a property named in `replacing` replace the resource.
 */
export function inputChanges(
  old: Properties,
  wanted: Properties,
  replacing: ReadonlySet<string> = new Set(),
): Change[] {
  return leafChanges(old, wanted, "").map((change) => ({
    ...change,
    replaces: replacing.has(topLevelName(change.path)),
    input: true,
  }));
}

type LeafChange = Pick<Change, "path" | "kind">;

function leafChanges(old: Properties, wanted: Properties, prefix: string): LeafChange[] {
  const keys = [...new Set([...Object.keys(old), ...Object.keys(wanted)])].sort();
  return keys.flatMap((key): LeafChange[] => {
    const path = prefix + pathStep(key, prefix);
    const before = old[key];
    const after = wanted[key];
    if (before === undefined && after === undefined) return [];
    if (before === undefined) return [{ path, kind: "add" }];
    if (after === undefined) return [{ path, kind: "delete" }];
    if (isRecord(before) && isRecord(after)) return leafChanges(before, after, path);
    return isUnknown(after) || !isDeepStrictEqual(before, after) ? [{ path, kind: "update" }] : [];
  });
}

/** A step of a property path as Pulumi writes it: `.name`, or `["platform:owner"]` for other names. */
function pathStep(key: string, prefix: string): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
  return prefix === "" ? key : `.${key}`;
}

function isRecord(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The property a path begins at. */
export function topLevelName(path: string): string {
  return path.split(/[.[]/)[0] ?? path;
}
