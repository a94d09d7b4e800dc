import { boundaryName, platformPath } from "../../model/plan/names";
import { withUsual, type Settings, type Share } from "./settings";

/** What the rules need to know of this platform, wherever it was read. */
export interface PlatformFacts {
  readonly organization: string | undefined;
  readonly stacks: readonly StackFacts[];
  /** One entry of an item, with the services its owner lets read it. */
  readonly sharing: readonly Share[];
  /** Full names of parameters whose owners said why anybody may know them. */
  readonly publicParameters: readonly string[];
  /** Names of launch templates whose instances' containers have the instance's role. */
  readonly containerInstances: readonly string[];
}

export interface StackFacts {
  readonly name: string;
  /** Undefined for a stack that is no environment. */
  readonly environment: string | undefined;
  readonly production: boolean;
  /** Whether something else looks for access from outside its account. */
  readonly analyzedElsewhere: boolean;
}

/**
 * The same in the rules' own terms: what environments there are and which are production, who shares what, which policies
 * are boundaries, which accounts something else analyses, which parameters are public, and which
 * instances run containers.
 */
export function platformSettings({
  organization,
  stacks,
  sharing,
  publicParameters,
  containerInstances,
}: PlatformFacts): Partial<Settings> {
  const environments = stacks.flatMap(({ environment }) => environment ?? []);
  const production = stacks.flatMap(({ environment, production }) => (production && environment) || []);
  return {
    ...(organization !== undefined && { organization }),
    ...(production.length > 0 && { production }),
    ...(environments.length > 0 && { environments: withUsual(environments) }),
    sharing,
    boundaries: environments.map((name) => `${platformPath}${boundaryName(name)}`),
    analyzedElsewhere: stacks.filter(({ analyzedElsewhere }) => analyzedElsewhere).map(({ name }) => name),
    publicParameters,
    containerInstances,
  };
}
