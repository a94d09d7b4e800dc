import { covers } from "../documents/patterns";
import type { Resource } from "../resource";
import type { Settings } from "../settings";
import { objectOf, textOf } from "../values";

/** Whose role it is, by its tags, else by its path `/services/{service}/`. */
export interface RoleOwner {
  readonly service: string | undefined;
  readonly environment: string | undefined;
}

export function ownerOfRole({ props }: Resource): RoleOwner {
  const tags = objectOf(props["tags"]);
  const [, root, service] = (textOf(props["path"]) ?? "").split("/");
  const fromPath = root === "services" && service !== "" ? service : undefined;
  return { service: textOf(tags["service"]) ?? fromPath, environment: textOf(tags["environment"]) };
}

/** May the role read whole branches of values: people's and the platform's own? */
export function readsBranches(
  { props }: Resource,
  { branchReaders }: Pick<Settings, "branchReaders">,
): boolean {
  const pathAndName = `${textOf(props["path"]) ?? "/"}${textOf(props["name"]) ?? ""}`;
  return branchReaders.some((pattern) => covers(pattern, pathAndName));
}
