import type { Properties } from "./properties";

/** The resource that an operation is about. */
export interface ResourceTarget {
  /** Type token, such as `aws:kms/key:Key`. */
  type: string;
  /** Name in the program, the last part of the URN. */
  name: string;
  urn: string;
}

/** What exists once a resource was created. */
export interface Created {
  id: string;
  /** All properties of the resource, those the program gave included. */
  outputs: Properties;
}

/** What a look at an existing resource finds. */
export interface Found {
  /** The inputs that would create the resource as it is now. */
  inputs: Properties;
  outputs: Properties;
}

/**
 * Does the operations on resources of one type: against the ledger of the stand-in cloud, or with real calls to a
 * real service. An operation is refused by throwing; the message reaches the user. Previews never get here.
 */
export interface ResourceHandler<Target extends ResourceTarget = ResourceTarget> {
  create(target: Target, inputs: Properties): Created | Promise<Created>;
  /** Undefined if the resource does not exist. The state is empty where a resource is imported. */
  read(target: Target, id: string, state: State): Found | undefined | Promise<Found | undefined>;
  /** Returns the outputs after the update. */
  update(target: Target, id: string, change: Update): Properties | Promise<Properties>;
  delete(target: Target, id: string, state: State): void | Promise<void>;
}

/** A resource as the engine remembers it. */
export interface State {
  inputs: Properties;
  outputs: Properties;
}

export interface Update {
  old: State;
  /** The inputs to bring about. */
  inputs: Properties;
}
