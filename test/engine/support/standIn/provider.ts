import type { ConstructRequest, ConstructResponse } from "@pulumi/pulumi/proto/provider_pb";
import type { Properties } from "./properties";
import type { ResourceTarget } from "./resourceHandler";
import type { ResourceType } from "./resourceType";

/** A provider that the test process serves to the engine in place of the real one. */
export interface Provider<Target extends ResourceTarget = ResourceTarget> {
  /** Package name, such as `aws`. */
  name: string;
  /** Version that the provider claims, the one of the SDK in use. */
  version: string;
  /** Configuration whose change replaces the provider and with it all its resources. */
  replaceOn?: readonly string[];
  /** Whether secrets arrive marked; components must take them so. */
  acceptsSecrets?: boolean;
  /**
   * The provider as one configuration makes it. A stack can have several at once.
   * @throws if the configuration is refused
   */
  configure(config: Properties): ConfiguredProvider<Target>;
}

/** One configured instance. */
export interface ConfiguredProvider<Target extends ResourceTarget = ResourceTarget> {
  /** @throws if there is no such type */
  resourceType(type: string): ResourceType<Target>;
  /** Adds what this configuration knows about the place a resource lives in. */
  target(target: ResourceTarget): Target;
  /** @throws if there is no such function */
  invoke(token: string, args: Properties): Properties;
  /** Makes a component; absent where the package has none. */
  construct?: (request: ConstructRequest) => Promise<ConstructResponse>;
}
