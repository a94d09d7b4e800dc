import { isSingleSignOn, withoutEnd } from "../../model/aws/singleSignOn";
import { platformService } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";

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
  return { service: platformService, environment, owner: ownerOf(organisation.principals.deployer) };
}

/**
 * What runs the platform, in the characters that a tag's value may have: of what a role's name and path may, neither
 * `,` nor a pattern's wildcards.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_Tag.html
 */
function ownerOf(deployer: string): string {
  return (isSingleSignOn(deployer) ? withoutEnd(deployer) : deployer).replace(/[^\w.:/=+@-]/g, "-");
}
