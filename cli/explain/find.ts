import type { Field } from "../../model/catalogue/documentation/fields";
import { anyName } from "../../model/catalogue/documentation/walk";
import { nearest } from "../../model/yaml/nearest";
import { UsageError } from "../usageError";
import type { Explained } from "./explained";

/**
 * The key that a path leads to. Names of items and consumers may be left out, or be any: `secrets.rotation.every`,
 * `secrets.NAME.rotation.every` and `secrets.database.rotation.every` are one.
 * @throws UsageError for anything else, with the nearest key, or those that there are
 */
export function find(fields: readonly Field[], argument: string): Explained {
  const parts = argument
    .replaceAll(/[*<>]/g, anyName)
    .split(".")
    .filter((part) => part !== "");
  if (parts.length === 0) return { keys: keysOf(fields, "") };
  const field = best(fields, parts);
  if (field !== undefined) return { field, keys: keysOf(fields, field.path) };
  throw unknown(fields, parts);
}

function best(fields: readonly Field[], parts: readonly string[]): Field | undefined {
  return fields
    .flatMap((field) => {
      const literal = match(field.path.split("."), parts);
      return literal === undefined ? [] : [{ field, literal }];
    })
    .sort((one, other) => other.literal - one.literal || one.field.path.length - other.field.path.length)[0]
    ?.field;
}

/** How many parts are keys themselves; undefined where the path is another. */
function match(path: readonly string[], parts: readonly string[]): number | undefined {
  const [key, ...keys] = path;
  const [part, ...rest] = parts;
  if (key === undefined) return part === undefined ? 0 : undefined;
  if (key === anyName) {
    const skipped = match(keys, parts);
    // A last part that is no key is a slip rather than somebody's name.
    const named = part === anyName || (part !== undefined && rest.length > 0) ? match(keys, rest) : undefined;
    return skipped === undefined ? named : Math.max(skipped, named ?? 0);
  }
  if (part !== key) return undefined;
  const deeper = match(keys, rest);
  return deeper === undefined ? undefined : deeper + 1;
}

/** Keys right below a path; below a map of names those of an entry. */
function keysOf(fields: readonly Field[], path: string): readonly Field[] {
  const above = path === "" ? "" : `${path}.`;
  const below = fields.filter((field) => field.path.startsWith(above) && field.path !== path);
  const direct = below.filter((field) => !field.path.slice(above.length).includes("."));
  const [only] = direct;
  return only?.path === `${above}${anyName}` ? keysOf(fields, only.path) : direct;
}

function unknown(fields: readonly Field[], parts: readonly string[]): UsageError {
  const known = parts.findLastIndex((_, index) => best(fields, parts.slice(0, index)) !== undefined);
  const above = known < 0 ? undefined : best(fields, parts.slice(0, known));
  const at = Math.max(known, 0);
  const part = parts[at] ?? "";
  const keys = keysOf(fields, above?.path ?? "").map(({ path }) => path.slice(path.lastIndexOf(".") + 1));
  const near = nearest(part, keys);
  if (near === undefined && above !== undefined && at + 1 < parts.length && namesBelow(fields, above))
    return unknown(fields, parts.with(at, anyName));
  // What was typed may be anything, a value as well.
  const shown = /^[A-Za-z][A-Za-z0-9-]{0,31}$/.test(part) ? ` \`${part}\`` : " of that name";
  const where = above === undefined ? "a manifest" : `\`${above.path}\``;
  const meant = above === undefined ? endingIn(fields, parts) : [];
  const likely = meant.length === 0 && near !== undefined ? [near] : meant;
  const hint =
    likely.length === 0
      ? `its keys are ${keys.join(", ")}`
      : `did you mean ${likely.map((path) => `\`${path}\``).join(" or ")}?`;
  if (keys.length === 0) return new UsageError(`there is no key${shown}: ${where} has no keys`);
  return new UsageError(`${where} has no key${shown}; ${hint}`);
}

/** Whether the keys of a map are names that a manifest's author gives. */
function namesBelow(fields: readonly Field[], { path }: Field): boolean {
  return fields.some((field) => field.path === `${path}.${anyName}`);
}

/** Keys further down that the parts are the end of. */
function endingIn(fields: readonly Field[], parts: readonly string[]): readonly string[] {
  const end = `.${parts.join(".")}`;
  return fields.map(({ path }) => path).filter((path) => path.replaceAll(`.${anyName}`, "").endsWith(end));
}
