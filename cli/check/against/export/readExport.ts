import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { onOneLine } from "../../../../model/yaml/oneLine";
import { UsageError } from "../../../usageError";

/** What is read of a resource of an export; `inputs` are whatever stands there. */
export interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly custom: boolean;
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
}

export interface ReadExport {
  readonly stacks: ReadonlyMap<string, readonly ExportedResource[]>;
  /** One stack's file: nothing is said of others. */
  readonly isOneFile: boolean;
  /** `pulumi stack export` of what is deployed, with identifiers that the cloud gave. */
  readonly isDeployed: boolean;
}

/** An organisation's stacks have a few megabytes each. */
const mostBytes = 256 * 2 ** 20;

/**
 * Reads what `check --export` or `pulumi stack export` wrote: one stack's file, or a folder of them.
 * @throws UsageError for what is no such file
 */
export function readExport(path: string): ReadExport {
  const isFolder = attempt(path, () => statSync(resolve(path)).isDirectory());
  const files = isFolder
    ? attempt(path, () => readdirSync(resolve(path)))
        .filter((name) => name.endsWith(".json"))
        .sort()
        .map((name) => join(path, name))
    : [path];
  const stacks = new Map<string, readonly ExportedResource[]>();
  const read = files.map((file) => ({ file, ...readStack(file) }));
  for (const { file, stack, resources } of read) {
    if (stacks.has(stack))
      throw refused(file, `holds the stack ${stack}, as another file of the folder does`);
    stacks.set(stack, resources);
  }
  return { stacks, isOneFile: !isFolder, isDeployed: read.some(({ isDeployed }) => isDeployed) };
}

function readStack(file: string): {
  readonly stack: string;
  readonly resources: readonly ExportedResource[];
  readonly isDeployed: boolean;
} {
  const { deployment } = record(parsed(file));
  const { resources, manifest } = record(deployment);
  if (!Array.isArray(resources)) throw refused(file, "has no `deployment.resources`");
  const known = resources.map(record).filter((resource) => resource["delete"] !== true);
  const read = known.map(resourceOf);
  const stacks = new Set(read.map(({ urn }) => /^urn:pulumi:([^:]+)::/.exec(urn)?.[1]));
  const [stack] = stacks;
  if (stack === undefined || stacks.size !== 1) throw refused(file, "holds no resources of one stack");
  return { stack, resources: read, isDeployed: manifest !== undefined };
}

function resourceOf(resource: Readonly<Record<string, unknown>>): ExportedResource {
  const { urn, type, custom, parent, inputs, outputs } = resource;
  return {
    urn: String(urn),
    type: String(type),
    custom: custom === true,
    parent: typeof parent === "string" ? parent : "",
    inputs: record(inputs),
    outputs: record(outputs),
  };
}

function parsed(file: string): unknown {
  const text = attempt(file, () => {
    const stats = statSync(resolve(file));
    if (!stats.isFile() || stats.size > mostBytes)
      throw refused(file, "is no regular file of at most 256 MiB");
    return readFileSync(resolve(file), "utf8");
  });
  try {
    return JSON.parse(text);
  } catch {
    throw refused(file, "is not JSON");
  }
}

export function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function attempt<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw refused(file, `cannot be read: ${(error as NodeJS.ErrnoException).code ?? "unknown reason"}`);
  }
}

function refused(file: string, what: string): UsageError {
  return new UsageError(
    onOneLine(`--against: ${file} ${what}; name a git reference, or what \`check --export FOLDER\` wrote`),
  );
}
