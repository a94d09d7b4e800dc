import type { Field } from "../../model/catalogue/documentation/fields";

/** What an answer is made of; `field` is absent for the manifest itself. */
export interface Explained {
  readonly field?: Field;
  /** Keys of the map that it is. */
  readonly keys: readonly Field[];
}
