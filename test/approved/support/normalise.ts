import { isDeepStrictEqual } from "node:util";
import type { ExportedResource, ExportedStack, Properties } from "./exportsOf";
import { fileOfDocument } from "./kinds";

/** What stands under a resource's name in a file. */
type Entries = Record<string, unknown>;

/** File name, such as `staging.json` or `trusts.json`, to what stands in it. */
export type ApprovedFiles = ReadonlyMap<string, Readonly<Entries>>;

/**
 * The exports in the form in which they are approved: a file for each stack, and one for each kind of policy document,
 * which the stack's file then only points to. Equal programs give equal files, whatever order they register in:
 * resources and keys are sorted, lists keep their order, and what only repeats something else is left out.
 */
export function normalise(stacks: readonly ExportedStack[]): ApprovedFiles {
  const files = new Map<string, Entries>();
  const enter = (file: string, name: string, value: unknown): void => {
    const entries = files.get(file) ?? {};
    if (name in entries) throw new Error(`${name} would stand twice in ${file}`);
    files.set(file, { ...entries, [name]: value });
  };
  for (const { stack, resources } of stacks) {
    for (const resource of resources) {
      const name = shortUrn(resource.urn);
      const moveOut = (property: string, value: unknown): unknown => {
        const file = fileOfDocument(resource.type, property);
        if (file === undefined) return readable(value);
        enter(file, `${stack} ${name}`, readable(JSON.parse(String(value))));
        return `stands in ${file}`;
      };
      enter(`${stack}.json`, name, normalised(resource, moveOut));
    }
  }
  return new Map(
    [...files]
      .sort(byName)
      .map(([file, entries]) => [file, Object.fromEntries(Object.entries(entries).sort(byName))]),
  );
}

function normalised(
  resource: ExportedResource,
  moveOut: (property: string, value: unknown) => unknown,
): Properties {
  const { custom, inputs, outputs, dependencies, propertyDependencies, ...rest } = resource;
  const others = Object.entries(rest).filter(([key]) => key !== "urn" && key !== "type");
  const each = (properties: Properties, value: (property: string, found: unknown) => unknown) =>
    Object.fromEntries(Object.entries(properties).map(([key, found]) => [key, value(key, found)]));
  const answered = Object.entries(outputs).filter(([key, value]) => !isDeepStrictEqual(value, inputs[key]));
  const from = Object.entries(propertyDependencies ?? {}).filter(([, urns]) => urns.length > 0);
  const names = (urns: readonly string[]) => urns.map(shortUrn).sort();
  // `custom`, `type` and the place in the tree are in the URN, and what an output repeats of an input is in the input.
  return sorted({
    ...(readable(Object.fromEntries(others)) as Properties),
    ...(!custom && { component: true }),
    inputs: sorted(each(inputs, moveOut)),
    ...(answered.length > 0 && {
      outputs: readable(Object.fromEntries(answered)),
    }),
    ...(dependencies && { dependencies: names(dependencies) }),
    ...(from.length > 0 && {
      propertyDependencies: sorted(Object.fromEntries(from.map(([key, urns]) => [key, names(urns)]))),
    }),
  });
}

/** Without the stack and project, which are the same in the whole file. */
function shortUrn(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

/** Names under which Pulumi's SDK marks values such as assets, told by other keys too. */
const signature = "4dabf18193072939515e22adb298388d";

/** Sorted keys, short URNs, and texts that are JSON read, so that a change in them shows by itself. */
function readable(value: unknown): unknown {
  if (typeof value === "string") {
    if (value.startsWith("urn:pulumi:")) return shortUrn(value);
    const inner = readJson(value);
    return inner === undefined ? value : { "text that is JSON": readable(inner) };
  }
  if (Array.isArray(value)) return value.map(readable);
  if (typeof value !== "object" || value === null) return value;
  return sorted(
    Object.fromEntries(
      Object.entries(value)
        .filter(([key]) => key !== signature)
        .map(([key, inner]) => [key, readable(inner)]),
    ),
  );
}

function readJson(text: string): object | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    return JSON.parse(text) as object;
  } catch {
    return undefined;
  }
}

/** In the order in which people read a statement. */
const statementKeys = [
  "Sid",
  "Effect",
  "Principal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
];

function sorted(properties: Properties): Properties {
  const place = (key: string) => `${statementKeys.indexOf(key) + 1}`;
  return Object.fromEntries(
    Object.entries(properties).sort(([one], [other]) => byName([place(one) + one], [place(other) + other])),
  );
}

/** By code units: a locale's order differs from machine to machine. */
function byName([one]: readonly [string, ...unknown[]], [other]: readonly [string, ...unknown[]]): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
