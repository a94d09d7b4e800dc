import { isDeepStrictEqual } from "node:util";
import { contentHash, isObject, unknownValue, type Properties } from "./properties";

export type ChangeKind = "add" | "delete" | "update";

/** A change of one value, by its property path: `tags.owner`, `statements[2].effect`. */
export interface Change {
  path: string;
  kind: ChangeKind;
}

/** Bookkeeping of the provider, which is no property of the resource. */
const internal = new Set(["__defaults"]);

/**
 * What differs between two sets of inputs, value by value. A value that a preview cannot know differs from any that is
 * known; null equals absent; texts that are both JSON (policies) are compared by meaning, as the real provider does.
 */
export function deepDiff(olds: Properties, news: Properties): Change[] {
  return diffObjects(olds, news, "");
}

function diffObjects(olds: Properties, news: Properties, path: string): Change[] {
  const keys = new Set([...Object.keys(olds), ...Object.keys(news)]);
  return [...keys]
    .filter((key) => !internal.has(key))
    .flatMap((key) => diffValues(olds[key], news[key], member(path, key)));
}

function diffValues(old: unknown, new_: unknown, path: string): Change[] {
  const wasAbsent = old === undefined || old === null;
  const isAbsent = new_ === undefined || new_ === null;
  if (wasAbsent && isAbsent) return [];
  if (wasAbsent) return [{ path, kind: "add" }];
  if (isAbsent) return [{ path, kind: "delete" }];
  if (new_ === unknownValue) return [{ path, kind: "update" }];
  if (contentHash(old) !== undefined && contentHash(new_) !== undefined) {
    return contentHash(old) === contentHash(new_) ? [] : [{ path, kind: "update" }];
  }
  if (isObject(old) && isObject(new_)) return diffObjects(old, new_, path);
  if (Array.isArray(old) && Array.isArray(new_)) return diffLists(old, new_, path);
  return sameValue(old, new_) ? [] : [{ path, kind: "update" }];
}

function diffLists(olds: unknown[], news: unknown[], path: string): Change[] {
  const length = Math.max(olds.length, news.length);
  return Array.from({ length }, (_, index) =>
    diffValues(olds[index], news[index], `${path}[${index}]`),
  ).flat();
}

function sameValue(old: unknown, new_: unknown): boolean {
  if (old === new_) return true;
  const [oldJson, newJson] = [asJson(old), asJson(new_)];
  return oldJson !== undefined && newJson !== undefined && isDeepStrictEqual(oldJson, newJson);
}

function asJson(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return undefined;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

function member(path: string, key: string): string {
  if (!/^[\w$-]+$/.test(key)) return `${path}[${JSON.stringify(key)}]`;
  return path === "" ? key : `${path}.${key}`;
}
