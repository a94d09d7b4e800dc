import type { Properties } from "./values";

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
