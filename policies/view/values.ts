/**
 * What a property of a resource can hold when a rule looks at it: plain JSON, `unknown` where the value is only decided
 * by the update, and opaque objects for assets and archives.
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | string
  | Unknown
  | readonly Value[]
  | { readonly [key: string]: Value };

export type Properties = { readonly [key: string]: Value };

/** Stands for a value that nobody knows before the update. */
export const unknown: unique symbol = Symbol("unknown until the update");
export type Unknown = typeof unknown;

/**
 * How the engine writes a value it does not know, one text for each type of value
 * (https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/plugin/rpc.go).
 */
const unknownTexts: ReadonlySet<string> = new Set([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);
const unknownTextLength = 36;

/** Marks of a secret on the wire (https://github.com/pulumi/pulumi/blob/master/sdk/go/common/resource/sig/sig.go). */
const signature = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/**
 * Turns properties, as the engine or a test sends them, into what rules read. Whatever holds nothing to turn is handed
 * on as it is, not copied: a stack has tens of thousands of properties, and few of them are unknown.
 */
export function readProperties(raw: object): Properties {
  return readObject(raw as Record<string, unknown>);
}

function readObject(raw: Record<string, unknown>): Properties {
  let copy: Record<string, Value> | undefined;
  for (const key in raw) {
    const before = raw[key];
    const after = readValue(before);
    if (after !== before || after === undefined) (copy ??= { ...(raw as Properties) })[key] = after;
  }
  if (copy === undefined) return raw as Properties;
  for (const key in copy) if (copy[key] === undefined) delete copy[key];
  return copy;
}

function readValue(raw: unknown): Value {
  if (typeof raw === "string") {
    return raw.length === unknownTextLength && unknownTexts.has(raw) ? unknown : raw;
  }
  if (typeof raw !== "object" || raw === null) return readOther(raw);
  if (Array.isArray(raw)) return readList(raw);
  const object = raw as Record<string, unknown>;
  // Assets and archives are instances of classes; no rule looks inside them.
  const prototype: unknown = Object.getPrototypeOf(object);
  if (object["__pulumiUnknown"] === true) return unknown;
  if (prototype !== Object.prototype && prototype !== null) return object as Properties;
  if (object[signature] === secretSignature) return readValue(object["value"]);
  return readObject(object);
}

function readOther(raw: unknown): Value {
  if (raw === null || raw === unknown || typeof raw === "boolean" || typeof raw === "number") return raw;
  return undefined;
}

function readList(raw: readonly unknown[]): readonly Value[] {
  let copy: Value[] | undefined;
  for (const [at, before] of raw.entries()) {
    const after = readValue(before);
    if (after !== before) (copy ??= [...(raw as readonly Value[])])[at] = after;
  }
  return copy ?? (raw as readonly Value[]);
}

/** True for a value that is there, known or not. */
export function isPresent(value: Value): boolean {
  return value !== undefined && value !== null && value !== "";
}

export function isUnknown(value: Value): value is Unknown {
  return value === unknown;
}

/** The value as text; numbers and booleans as written. Undefined for anything else. */
export function textOf(value: Value): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return undefined;
}

/** The value as a number, also when it is written as text; undefined for anything else. */
export function numberOf(value: Value): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "string" && value.trim() !== "" && Number.isFinite(Number(value)))
    return Number(value);
  return undefined;
}

/** The value as true or false, also when it is written as text; undefined for anything else. */
export function booleanOf(value: Value): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (value === "true") return true;
  if (value === "false") return false;
  return undefined;
}

/** The entries of a list, a single value as a list of one; nothing for an absent or unknown one. */
export function listOf(value: Value): readonly Value[] {
  if (value === undefined || value === null || value === unknown) return [];
  return isList(value) ? value : [value];
}

/** The same, with a list that is not known as one entry that is not. */
export function entriesOf(value: Value): readonly Value[] {
  return value === unknown ? [unknown] : listOf(value);
}

/** The value behind the names, one inside the other; unknown where something on the way is. */
export function valueAt(value: Value, ...names: readonly string[]): Value {
  return names.reduce((within, name) => (within === unknown ? unknown : objectOf(within)[name]), value);
}

/** The properties of an object; none for anything else. */
export function objectOf(value: Value): Properties {
  return isObject(value) ? value : {};
}

export function isObject(value: Value): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** Where in a value something is unknown, as dotted paths below `path`; empty when all of it is known. */
export function unknownPaths(value: Value, path: string): string[] {
  if (value === unknown) return [path];
  if (Array.isArray(value)) return value.flatMap((entry: Value, at) => unknownPaths(entry, `${path}[${at}]`));
  if (!isObject(value) || Object.getPrototypeOf(value) !== Object.prototype) return [];
  return Object.entries(value).flatMap(([key, entry]) => unknownPaths(entry, `${path}.${key}`));
}
