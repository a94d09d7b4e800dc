import type { Properties } from "../../properties";
import type { NewResource } from "../newResource";

/** How AWS answers the creation of a resource of one type. */
export interface OutputRow {
  /** The id under which the provider finds the resource again. */
  id: (resource: NewResource) => string;
  /** What AWS adds to the inputs. */
  outputs?: (resource: NewResource) => Properties;
  /** Inputs that AWS fills in where the program leaves them out, so that no preview of a creation can know them. */
  filledIn?: readonly string[];
  /** Outputs that every update changes. */
  volatile?: readonly string[];
  /** The volatile outputs after an update, from those before it. */
  afterUpdate?: (old: Properties, resource: NewResource) => Properties;
}

/** Rows by type token. */
export type OutputTable = Record<string, OutputRow>;

/** A row for resources that are settings of another and go by its id. */
export function settingOf(property: string, outputs?: OutputRow["outputs"]): OutputRow {
  return { id: (resource) => resource.text(property), ...(outputs && { outputs }) };
}
