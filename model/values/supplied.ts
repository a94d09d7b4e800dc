import type { SecretShape } from "../plan/types";

/** Shapes of values that come from outside. The others are made here, at once. */
const suppliedForms: readonly SecretShape["form"][] = ["database", "external"];

/**
 * Whether a value of this shape is supplied from outside (`platform set`): until then a stand-in is there, which logs in
 * nowhere, and the secret is tagged as unset.
 */
export function isSupplied({ form }: Pick<SecretShape, "form">): boolean {
  return suppliedForms.includes(form);
}
