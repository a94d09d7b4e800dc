import type { Properties } from "./properties";
import type { ResourceHandler, ResourceTarget } from "./resourceHandler";

/** What the stand-in knows about the resources of one type before any of them exists. */
export interface ResourceType<Target extends ResourceTarget> {
  handler: ResourceHandler<Target>;
  /** Outputs that no preview of a creation can know. */
  computed: readonly string[];
  /** Outputs that every update changes, so that no preview of an update can know them. */
  volatile: readonly string[];
  /** Outputs that the engine must encrypt in the state. */
  secrets: readonly string[];
  /** Inputs whose change replaces the resource; `parent.child` names a nested one. */
  replaceOn: readonly string[];
  /** Values of inputs the program left out. */
  defaults: Properties;
  /** The input that takes a generated name if the program gives none. */
  autoname: Autoname | undefined;
  /** Outputs that a preview knows because they follow from the inputs. */
  known?: (target: Target, inputs: Properties) => Properties;
  /** What is wrong with the inputs, by property; unknown values are not judged. */
  check?: (inputs: Properties) => CheckFailure[];
}

export interface Autoname {
  property: string;
  /** Another input that asks for a generated name, such as `namePrefix`. */
  prefixProperty?: string;
  /** Ending that the service demands of a name. */
  suffix?: string;
}

export interface CheckFailure {
  property: string;
  reason: string;
}
