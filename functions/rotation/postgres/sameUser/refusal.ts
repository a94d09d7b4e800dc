import { escapeIdentifier, type DatabaseError } from "pg";
import { printable } from "../../../../model/printable";
import { RotationError } from "../../errors";
import type { Difference } from "./difference";
import { roleNamed, type Observed, type UserPair } from "./observed";
import type { Plan } from "./plan";

/** Differences told one by one; of more only the number. */
const mostTold = 5;

const thenAgain = "then rotate again (npx platform rotate)";

/** Why the rotation stops before the other user is taken into use: whoever set this up has to decide. */
export function refusal({ original, clone }: UserPair, differences: readonly Difference[]): RotationError {
  return new RotationError(
    `${original} and ${clone} take turns but are not the same user: ${told(differences, ({ says }) => says)}`,
    `end that, ${thenAgain}: ${told(differences, statements)}`,
  );
}

/**
 * The server's answer to the statements that make both equal, where it is about these: a right that the administrator
 * lacks, a value it does not take, a membership that others depend on or that goes round in a circle. Only the first
 * kind's messages name no values.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
export function explainRefused(
  { code = "", message }: DatabaseError,
  observed: Observed,
  { original, clone }: UserPair,
  { differences }: Plan,
): RotationError | undefined {
  if (!/^(42501|22|2B|0L|25001|42704)/.test(code)) return undefined;
  const why = code === "42501" ? printable(message) : code;
  const { sessionUser, version } = observed;
  const isNew = roleNamed(observed, clone) === undefined;
  const role = escapeIdentifier(clone);
  const before = [
    ...(isNew ? [`CREATE ROLE ${role} LOGIN`] : []),
    ...(isNew && version >= 160000
      ? [`GRANT ${role} TO ${escapeIdentifier(sessionUser)} WITH ADMIN OPTION`]
      : []),
  ].map((sql) => `${sql}; `);
  return new RotationError(
    `${sessionUser} may not make ${clone} the same user as ${original} (${why}): ` +
      told(differences, ({ says }) => says),
    `have whoever may, such as a superuser, run what is missing of this, ${thenAgain}: ` +
      before.join("") +
      told(differences, statements),
  );
}

function statements({ sql, shown = sql }: Difference): string {
  return shown.join("; ");
}

function told(differences: readonly Difference[], say: (difference: Difference) => string): string {
  const more = differences.length - mostTold;
  return [...differences.slice(0, mostTold).map(say), ...(more > 0 ? [`and ${more} more`] : [])].join("; ");
}
