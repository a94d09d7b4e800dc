import type { Plan } from "../model/plan/types";

export interface Tags extends Readonly<Record<string, string>> {
  readonly service: string;
  readonly environment: string;
  readonly owner: string;
}

/** Tags of a service's thing: rules, bills and notices go by them. */
export function serviceTags(thing: {
  readonly service: string;
  readonly environment: string;
  readonly owner: string;
}): Tags {
  return { service: thing.service, environment: thing.environment, owner: thing.owner };
}

/** Tags of what belongs to the platform itself; `environment` is the stack's name where it serves several. */
export function platformTags({ organisation }: Plan, environment: string): Tags {
  return { service: "platform", environment, owner: organisation.principals.deployer };
}
