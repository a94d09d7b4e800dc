import { attributeDifferences, attributesLost, bothRoles, lockedOut } from "./attributes";
import type { Difference } from "./difference";
import { grantsLost, policiesThatTellApart } from "./inDatabase";
import { equalAt, markStatement } from "./marker";
import { foreignMemberships, membershipDifferences } from "./memberships";
import { roleNamed, type Observed, type ObservedInDatabase, type UserPair } from "./observed";
import { fingerprint, merged, settingChanges, settingDifference, settingsOf } from "./settings";
import { startingRole, startsAsItself } from "./startingRole";

/** What it takes to make two users the same user. */
export interface Plan {
  /** What the administrator makes equal. */
  readonly differences: readonly Difference[];
  /** Those of the differences in their order, and what keeps record. */
  readonly statements: readonly string[];
  /** Differences that no statement of ours ends. */
  readonly refusals: readonly Difference[];
}

export interface Situation {
  /** The user whose login is to become current. */
  readonly wanted: string;
  /** The session asking is the administrator's. */
  readonly isAdministrator: boolean;
  /** Absent where another database was asked. */
  readonly inDatabase?: ObservedInDatabase;
  /** What the original has changed of its settings since then is for the next rotation. */
  readonly wereMadeEqual?: boolean;
}

/**
 * Whether the clone has the settings that the administrator gave both. The original may have changed its own since: any
 * open session works as the original, and could stop every rotation by doing it again and again.
 */
export function wereMadeEqual(observed: Observed, { clone }: UserPair): boolean {
  return fingerprint(settingsOf(observed, clone)) === equalAt(roleNamed(observed, clone)?.comment ?? null);
}

/** Undefined when the original does not exist. */
export function planFor(
  observed: Observed,
  pair: UserPair,
  { wanted, isAdministrator, inDatabase, wereMadeEqual = false }: Situation,
): Plan | undefined {
  const roles = bothRoles(observed, pair);
  if (roles === undefined) return undefined;
  const isCloneInUse = wanted === pair.original;
  const [original, clone] = [settingsOf(observed, pair.original), settingsOf(observed, pair.clone)];
  const settings = merged(original, clone, { isCloneInUse, equalAt: equalAt(roles.clone.comment) });
  const changes = [
    ...(wereMadeEqual ? [] : settingChanges(pair.original, original, settings)),
    ...(wereMadeEqual ? [] : settingChanges(pair.clone, clone, settings)),
    ...startingRole(observed, pair, isCloneInUse).changes,
  ];
  const bypassesPolicies = roles.original.superuser || roles.original.bypassrls;
  const differences = [
    ...membershipDifferences(observed, pair),
    ...attributeDifferences(observed, roles, isAdministrator),
    ...changes.map(settingDifference),
  ];
  const mark = markStatement(pair, roles.clone.comment, fingerprint(settings));
  return {
    differences,
    statements: [...differences.flatMap(({ sql }) => sql), ...(mark === undefined ? [] : [mark])],
    refusals: [
      ...foreignMemberships(observed, pair),
      ...(isCloneInUse ? [...lockedOut(roles.original), ...attributesLost(roles)] : []),
      ...(inDatabase === undefined || bypassesPolicies ? [] : policiesThatTellApart(inDatabase, pair)),
      ...(inDatabase !== undefined && isCloneInUse && startsAsItself(observed, pair, observed.database)
        ? grantsLost(inDatabase, pair)
        : []),
    ],
  };
}
