import { itemName } from "./names";
import type { Settings } from "../pack/settings";
import { objectOf, textOf, unknown, type Properties, type Unknown } from "./values";

/** Is the thing production's: by its `environment` tag, else by a name in the scheme? Unknown where that one is. */
export function isProduction(
  props: Properties,
  { production }: Pick<Settings, "production">,
): boolean | Unknown {
  const tags = props["tags"];
  if (tags === unknown) return unknown;
  const tagged = objectOf(tags)["environment"];
  if (tagged === unknown) return unknown;
  if (tagged === undefined && props["name"] === unknown) return unknown;
  const environment = textOf(tagged) ?? itemName(textOf(props["name"]) ?? "")?.environment;
  return environment !== undefined && production.includes(environment);
}
