/** What the engine would keep of one resource, as `pulumi stack export` names it. */
export interface RegisteredResource {
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** URN; empty for the stack itself. */
  readonly parent: string;
  readonly custom: boolean;
  /** Empty for a component. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  outputs: Readonly<Record<string, unknown>>;
  readonly protect: boolean;
  readonly dependencies: readonly string[];
  /** URNs of the resources each property took something from. */
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
}
