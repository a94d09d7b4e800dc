import { unknown, type Properties } from "./values";

/** A resource as rules see it: the same view in `platform check` and behind the engine's policy interface. */
export interface Resource {
  readonly urn: string;
  /** Pulumi's type token, e.g. `aws:kms/key:Key`. */
  readonly type: string;
  readonly name: string;
  /** What the program gave; in a stack, with what the provider answered on top. */
  readonly props: Properties;
  /** True when the engine refuses to delete it. */
  readonly protect: boolean;
  /** URNs of the resources that each property took something from; empty outside a stack. */
  readonly references: Readonly<Record<string, readonly string[]>>;
}

/**
 * The properties of a resource that has been planned, without those that only the provider will fill in. In a preview
 * both those and the program's own can be unknown; what the program gives and does not know yet always comes from
 * another resource, and the engine records which.
 */
export function planned(props: Properties, references: Resource["references"]): Properties {
  const isComputed = (property: string) =>
    props[property] === unknown && (references[property]?.length ?? 0) === 0;
  // Nothing is copied where nothing is left out.
  if (!Object.keys(props).some(isComputed)) return props;
  return Object.fromEntries(Object.entries(props).filter(([property]) => !isComputed(property)));
}
