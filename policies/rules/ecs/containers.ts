import { undecided, type Finding } from "../rule";
import { isObject, listOf, unknown, type Properties, type Value } from "../../view/values";

/** One container of a task definition, with keys as ECS writes them, however the program did. */
export interface Container {
  readonly at: number;
  readonly definition: Properties;
}

export type Containers =
  | {
      readonly list: readonly Container[];
      /** Positions of containers that are not known. */
      readonly unknownAt: readonly number[];
    }
  | { readonly problem: Finding };

const property = "containerDefinitions";
const readTexts = new Map<string, Containers>();
const mostTexts = 500;

/** The containers of a task definition: JSON text, as AWS takes it, or a list. */
export function containersOf(props: Properties): Containers {
  const value = props[property];
  if (value === unknown) return { problem: undecided(property) };
  if (typeof value !== "string") return containersIn(value);
  let read = readTexts.get(value);
  if (read === undefined) {
    read = readText(value);
    if (readTexts.size >= mostTexts) readTexts.clear();
    readTexts.set(value, read);
  }
  return read;
}

function readText(text: string): Containers {
  try {
    return containersIn(JSON.parse(text) as Value);
  } catch {
    return { problem: { property, undecided: true, message: "is not JSON, so this could not be decided" } };
  }
}

function containersIn(value: Value): Containers {
  const entries = listOf(value);
  return {
    list: entries.flatMap((entry, at) => (isObject(entry) ? [{ at, definition: asWritten(entry) }] : [])),
    unknownAt: entries.flatMap((entry, at) => (entry === unknown ? [at] : [])),
  };
}

/**
 * The provider reads the text without regard to case, so `Environment` and `environment` are one key
 * (https://pkg.go.dev/encoding/json#Unmarshal). What a program names itself, such as labels, stays as it is.
 */
function asWritten(object: Properties): Properties {
  const small = (value: Value): Value =>
    Array.isArray(value) ? value.map(small) : isObject(value) ? asWritten(value) : value;
  return Object.fromEntries(
    Object.entries(object).map(([key, value]): [string, Value] => {
      const name = /^[A-Z]/.test(key) ? `${key[0]?.toLowerCase()}${key.slice(1)}` : key;
      return named.has(name) ? [name, value] : [name, small(value)];
    }),
  );
}

/** Maps whose keys are the program's own. */
const named: ReadonlySet<string> = new Set(["dockerLabels", "options", "sysctls"]);

/** Runs a check over every container; says so when the containers are not known. */
export function* eachContainer(
  props: Properties,
  check: (container: Container) => Iterable<Finding>,
): Iterable<Finding> {
  const containers = containersOf(props);
  if ("problem" in containers) {
    yield containers.problem;
    return;
  }
  for (const at of containers.unknownAt) yield undecided(`${property}[${at}]`);
  for (const container of containers.list) yield* check(container);
}

export function placeIn(container: Container, path: string): string {
  return `${property}[${container.at}].${path}`;
}
