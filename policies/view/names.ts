import { referencesBranch } from "../../model/plan/names";

/** A secret or parameter, taken apart by the naming scheme `{service}/{environment}/{item}`. */
export interface ItemName {
  readonly service: string;
  readonly environment: string;
  readonly item: string;
}

/** Undefined when the name does not follow the scheme; a parameter's has a slash in front. */
export function itemName(name: string): ItemName | undefined {
  const parts = (name.startsWith("/") ? name.slice(1) : name).split("/");
  const [service, environment, item] = parts;
  if (parts.length !== 3 || !service || !environment || !item) return undefined;
  return { service, environment, item };
}

/**
 * Whose values a parameter says the places of: `{service}/{environment}/platform/{consumer}`, with a slash in front.
 * Undefined for any other name.
 */
export function referencesOwner(name: string): Omit<ItemName, "item"> | undefined {
  const [, service, environment, branch, consumer, ...rest] = name.split("/");
  return branch === referencesBranch && service && environment && consumer && rest.length === 0
    ? { service, environment }
    : undefined;
}

/** Hyphen and six characters that Secrets Manager puts behind a name, or the wildcards that stand for them. */
const secretSuffix = /-(?:[A-Za-z0-9?]{6}|\*)$/;

/** The name of the secret in an ARN's `secret:{name}-XXXXXX`; undefined for a partial ARN without the suffix. */
export function secretNameIn(arnResource: string): string | undefined {
  const [kind, name = ""] = arnResource.split(":");
  return kind === "secret" && secretSuffix.test(name) ? name.replace(secretSuffix, "") : undefined;
}

/** The parameter's name, with its slash in front, in an ARN's `parameter/{name}`. */
export function parameterNameIn(arnResource: string): string | undefined {
  return arnResource.startsWith("parameter/") ? arnResource.slice("parameter".length) : undefined;
}

/** Is it the name of a secret that RDS or Redshift makes and rotates, as in `rds!cluster-...`? */
export function isManagedByDatabase(secretName: string): boolean {
  return secretName.startsWith("rds!") || secretName.startsWith("redshift!");
}
