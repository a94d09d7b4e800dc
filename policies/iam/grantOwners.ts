import { undecided, type StackFinding } from "../rules/rule";
import type { Settings } from "../pack/settings";
import type { Grant } from "./grants";
import { namedReadsBranches, ownerOfName, ownerOfRole, readsBranches, type RoleOwner } from "./roleOwner";

/** Whose roles get a grant, those left out that may read whole branches of values. */
export interface GrantOwners {
  readonly owners: readonly RoleOwner[];
  /** It goes only to roles that may read whole branches. */
  readonly exempt: boolean;
  /** What to say when it depends on what is not known of the roles; undefined when all is. */
  readonly open: StackFinding | undefined;
}

export function ownersOf(
  { resource, roles, elsewhere, open }: Grant,
  settings: Pick<Settings, "branchReaders" | "environments">,
): GrantOwners {
  const judged = roles.filter((role) => !readsBranches(role, settings));
  const named = elsewhere.filter((text) => !namedReadsBranches(text, settings));
  const ofRoles = judged.map((role) => ({ role, owner: ownerOfRole(role, settings) }));
  const unclear = ofRoles.find(({ owner }) => owner.open !== undefined);
  const exempt = roles.length + elsewhere.length > 0 && judged.length + named.length === 0 && !open;
  return {
    owners: [...ofRoles.map(({ owner }) => owner), ...named.map((text) => ownerOfName(text, settings))],
    exempt,
    open:
      unclear?.owner.open !== undefined
        ? { ...undecided(unclear.owner.open), urn: unclear.role.urn }
        : open
          ? { urn: resource.urn, undecided: true, message: unknownHolder }
          : undefined,
  };
}

/** Of a grant while it is not known who gets it. */
export const unknownHolder =
  "whose role gets the policy is not known before the update, so this could not be decided";
