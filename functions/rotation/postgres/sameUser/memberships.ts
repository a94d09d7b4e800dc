import { escapeIdentifier } from "pg";
import type { Difference } from "./difference";
import { roleNamed, type Observed, type UserPair } from "./observed";

/**
 * What gives the clone the original's grants and lets it begin as the original, and takes from it the right to pass
 * that on. From PostgreSQL 16 on each membership says whether it inherits, before that the member does.
 * https://www.postgresql.org/docs/current/role-membership.html
 */
export function membershipDifferences(observed: Observed, { original, clone }: UserPair): Difference[] {
  const { version, inherits, becomes, administersBy } = observed;
  const [group, member] = [escapeIdentifier(original), escapeIdentifier(clone)];
  const hasOptions = version >= 160000;
  const isNoInherit = !hasOptions && roleNamed(observed, clone)?.inherit === false;
  const isMember = becomes && (inherits || isNoInherit);
  return [
    ...(isMember
      ? []
      : [
          {
            says: `${clone} is not a member of ${original} with all its rights`,
            sql: [`GRANT ${group} TO ${member}${hasOptions ? " WITH INHERIT TRUE, SET TRUE" : ""}`],
          },
        ]),
    ...(isNoInherit ? [{ says: `${clone} is NOINHERIT`, sql: [`ALTER ROLE ${member} INHERIT`] }] : []),
    ...(administersBy.length === 0
      ? []
      : [
          {
            says: `${clone} may make others members of ${original}`,
            sql: administersBy.map(
              (grantor) =>
                `REVOKE ADMIN OPTION FOR ${group} FROM ${member}` +
                (hasOptions ? ` GRANTED BY ${escapeIdentifier(grantor)}` : ""),
            ),
          },
        ]),
  ];
}

/** Memberships that somebody else has to decide about. */
export function foreignMemberships(
  { isReversed, ownMemberships }: Observed,
  { original, clone }: UserPair,
): Difference[] {
  const [group, member] = [escapeIdentifier(original), escapeIdentifier(clone)];
  return [
    ...(isReversed
      ? [
          {
            says: `${original} is a member of ${clone}, so that ${clone} cannot be one of ${original}`,
            sql: [`REVOKE ${member} FROM ${group}`],
          },
        ]
      : []),
    ...ownMemberships.map((role) => ({
      says: `${clone} is a member of ${role}, and ${original} is not`,
      sql: [
        `GRANT ${escapeIdentifier(role)} TO ${group}, or REVOKE ${escapeIdentifier(role)} FROM ${member}`,
      ],
    })),
  ];
}
