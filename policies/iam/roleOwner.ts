import { parseArn } from "../documents/arn";
import { covers } from "../../model/aws/patterns";
import type { Resource } from "../view/resource";
import type { Settings } from "../pack/settings";
import { isPresent, textOf, unknown, valueAt, type Properties } from "../view/values";

/** Whose role it is; undefined where nothing tells. */
export interface RoleOwner {
  readonly service: string | undefined;
  readonly environment: string | undefined;
  /** The property that would tell and is not known yet. */
  readonly open?: "tags" | "path" | "name" | undefined;
}

type Naming = Pick<Settings, "environments">;

/**
 * By the role's tags, else by its path `/services/{service}/` and a name in the scheme under it; where it has neither, by its
 * name alone, as one that is not in the stack.
 */
export function ownerOfRole({ props }: Pick<Resource, "props">, naming: Naming): RoleOwner {
  const [tagged, stage] = ["service", "environment"].map((tag) => textOf(valueAt(props, "tags", tag)));
  const name = textOf(props["name"]) ?? "";
  const isPlain = !isPresent(props["path"]) || props["path"] === "/";
  const byName = isPlain && tagged === undefined ? ownerOfName(name, naming) : undefined;
  const service = tagged ?? serviceOfPath(props) ?? byName?.service;
  const environment = stage ?? environmentIn(name, service, naming);
  const missing = service === undefined || environment === undefined;
  const tagsOpen = ["service", "environment"].some((tag) => valueAt(props, "tags", tag) === unknown);
  const pathOpen = service === undefined && props["path"] === unknown;
  const nameOpen = missing && isPlain && props["name"] === unknown;
  const open = missing && tagsOpen ? "tags" : pathOpen ? "path" : nameOpen ? "name" : undefined;
  return { service, environment, open };
}

/**
 * The same for a role that is not in the stack, by the ARN or name that an attachment gives. A name tells alone where
 * it holds an environment: `{service}-{environment}-{consumer}`.
 */
export function ownerOfName(text: string, naming: Naming): RoleOwner {
  const { path, name } = pathAndNameOf(text);
  const service = serviceOfPath({ path });
  if (service !== undefined) return { service, environment: environmentIn(name, service, naming) };
  const parts = name.split("-");
  const found = parts.findIndex((_, at) => at > 0 && environmentAt(parts, at, naming) !== undefined);
  if (found < 0) return { service: undefined, environment: undefined };
  return { service: parts.slice(0, found).join("-"), environment: environmentAt(parts, found, naming) };
}

function serviceOfPath({ path }: Properties): string | undefined {
  const [, root, service] = (textOf(path) ?? "").split("/");
  return root === "services" && isPresent(service) ? service : undefined;
}

function environmentIn(name: string, service: string | undefined, naming: Naming): string | undefined {
  if (service === undefined || !name.startsWith(`${service}-`)) return undefined;
  return environmentAt(name.slice(service.length + 1).split("-"), 0, naming);
}

/** Names of environments may hold hyphens themselves: the longest that fits. */
function environmentAt(parts: readonly string[], at: number, { environments }: Naming): string | undefined {
  const rest = `${parts.slice(at).join("-")}-`;
  return environments
    .filter((one) => rest.startsWith(`${one}-`))
    .sort((one, two) => two.length - one.length)
    .at(0);
}

function pathAndNameOf(text: string): { readonly path: string | undefined; readonly name: string } {
  const resource = parseArn(text)?.resource;
  if (resource === undefined) return { path: undefined, name: text };
  const start = resource.indexOf("/");
  const end = resource.lastIndexOf("/");
  return { path: resource.slice(start, end + 1), name: resource.slice(end + 1) };
}

type Branches = Pick<Settings, "branchReaders">;

/** May the role read whole branches of values: people's and the platform's own? */
export function readsBranches({ props }: Resource, { branchReaders }: Branches): boolean {
  const called = `${textOf(props["path"]) ?? "/"}${textOf(props["name"]) ?? ""}`;
  return branchReaders.some((pattern) => covers(pattern, called));
}

/** The same of a role's ARN; a name alone does not say its path. */
export function namedReadsBranches(text: string, { branchReaders }: Branches): boolean {
  const { path, name } = pathAndNameOf(text);
  return path !== undefined && branchReaders.some((pattern) => covers(pattern, `${path}${name}`));
}
