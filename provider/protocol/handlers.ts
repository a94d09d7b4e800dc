import type { Properties } from "./properties";

/** One thing wrong with one property, as a sentence: what was found; what is allowed; what to do. */
export interface InputProblem {
  /** Dotted path, e.g. `expires.afterDays`. */
  readonly property: string;
  readonly reason: string;
}

/** One property that differs between what is and what is wanted. */
export interface Change {
  /** Dotted path. */
  readonly path: string;
  readonly kind: "add" | "delete" | "update";
  /** The resource must be made again. */
  readonly replaces: boolean;
  /** Of an input; false: only of what the plugin reports. */
  readonly input: boolean;
}

/** A resource the engine knows: where it stands in the program, in AWS, and in the state. */
export interface Known {
  readonly urn: string;
  readonly id: string;
  /** What create, read or update last returned. */
  readonly state: Properties;
  /** What the program last asked for; empty on import. */
  readonly inputs: Properties;
}

/**
 * What the engine asks about resources of one type. Everything but `check` may throw an Error whose message is for the
 * person at the terminal. In a preview nothing may change in AWS.
 */
export interface ResourceHandler {
  /** The inputs with defaults filled in and everything wrong with them, without AWS; what is not known yet passes. */
  check(inputs: Properties): { inputs: Properties; problems: InputProblem[] };
  diff(known: Known, wanted: Properties): Promise<Change[]>;
  create(urn: string, wanted: Properties, preview: boolean): Promise<{ id: string; state: Properties }>;
  /** State and inputs as they are in AWS; undefined: the resource is gone. */
  read(known: Known): Promise<{ id: string; state: Properties; inputs: Properties } | undefined>;
  /** The new state. */
  update(known: Known, wanted: Properties, preview: boolean): Promise<Properties>;
  delete(known: Known): Promise<void>;
}

/** A function the program may call. */
export type FunctionHandler = (
  args: Properties,
  preview: boolean,
) => Promise<{ problems: InputProblem[] } | { result: Properties }>;

/** Everything a plugin offers, by token. */
export interface PluginHandlers {
  readonly resources: Readonly<Record<string, ResourceHandler>>;
  readonly functions: Readonly<Record<string, FunctionHandler>>;
  /** Where the engine listens, once it says so. */
  attach(engineAddress: string): void;
  /** Everything wrong with the configuration of the provider resource. */
  checkConfiguration(configuration: Properties): InputProblem[];
  /** Takes the configuration; throws when `checkConfiguration` finds anything. */
  configure(configuration: Properties): void;
}
