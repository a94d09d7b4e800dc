import type { RegisteredResource } from "../../../policies/pack/evaluate";
import { declare, later } from "./program";

/** A program in which one value is only known once the update has come to it. */
export interface Replay {
  readonly program: readonly RegisteredResource[];
  /** Name of the resource, and the dotted path of the value. */
  readonly where: string;
}

/** What the values that are not known come from: a resource that no rule looks at. */
const source = { ...declare("logGroup", {}, { name: "source" }), type: "random:index/randomId:RandomId" };

/**
 * The program once for each value in it, with that value unknown, and what it came from recorded as the engine does. A
 * policy document written as text is opened: its parts are unknown in turn, as in a document written as an object.
 */
export function* replaysOf(program: readonly RegisteredResource[]): Iterable<Replay> {
  for (const [at, resource] of program.entries()) {
    for (const { path, value: inputs } of withUnknowns(resource.inputs)) {
      const property = String(path[0]);
      const replayed: RegisteredResource = {
        ...resource,
        inputs: inputs as object,
        ...(resource.outputs === undefined ? {} : { outputs: omit(resource.outputs, property) }),
        propertyDependencies: {
          ...resource.propertyDependencies,
          [property]: [...(resource.propertyDependencies?.[property] ?? []), source.urn],
        },
      };
      yield {
        program: [...program.slice(0, at), replayed, ...program.slice(at + 1), source],
        where: `${resource.name}.${path.join(".")}`,
      };
    }
  }
}

type Path = readonly (string | number)[];

/** The value once for each value inside it, each with that one unknown; itself first, unless it is the outermost. */
function* withUnknowns(
  value: unknown,
  path: Path = [],
): Iterable<{ readonly path: Path; readonly value: unknown }> {
  if (value === undefined || value === later) return;
  if (path.length > 0) yield { path, value: later };
  const opened = documentIn(value) ?? value;
  if (typeof opened !== "object" || opened === null) return;
  for (const [key, entry] of Object.entries(opened)) {
    const place = Array.isArray(opened) ? Number(key) : key;
    for (const inside of withUnknowns(entry, [...path, place])) {
      yield { path: inside.path, value: replaced(opened, place, inside.value) };
    }
  }
}

function replaced(within: object, place: string | number, value: unknown): unknown {
  return Array.isArray(within)
    ? within.map((entry: unknown, at) => (at === place ? value : entry))
    : { ...within, [place]: value };
}

function documentIn(value: unknown): object | undefined {
  if (typeof value !== "string" || !value.startsWith("{")) return undefined;
  try {
    const opened = JSON.parse(value) as object;
    return "Statement" in opened ? opened : undefined;
  } catch {
    return undefined;
  }
}

function omit(properties: object, name: string): object {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => key !== name));
}
