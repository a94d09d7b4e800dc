import { decrypt, secretActions } from "./actions";
import type { Test } from "./conditions";
import type { Item, Principal } from "./types";
import type { PatternIndex } from "./patternIndex";
import type { ReadPolicy } from "./policies";
import type { ReadStatement } from "./statements";

/** Roles by their ARN and by their account. */
export interface Roles {
  readonly byArn: PatternIndex<Principal>;
  readonly byAccount: ReadonlyMap<string, readonly Principal[]>;
}

/** Undefined: nothing is known that keeps anybody out. */
export type Admitted = ReadonlySet<Principal> | undefined;

/**
 * Roles that a secret's own policy can let pass at all: those that every Deny to everybody spares by name. A role outside
 * is refused whatever else there is; one inside still has to be decided.
 */
export function sparedByDeny({ kind, policy, arn }: Item, { byArn }: Roles): Admitted {
  if (kind !== "secret") return undefined;
  const [action] = secretActions;
  return smallest(
    (policy?.byAction.get(action) ?? [])
      .filter(({ effect, aboutResource }) => effect === "Deny" && aboutResource(arn.text))
      .map(({ principals, tests: [test, ...others] }) =>
        principals?.everybody && test !== undefined && others.length === 0 && isName(test, negated)
          ? new Set(test.wanted.flatMap((pattern) => byArn.matching(pattern)))
          : undefined,
      ),
  );
}

/** Roles that a key's policy means by any statement that lets decrypt. */
export function meantByKey(policy: ReadPolicy, roles: Roles): Admitted {
  const sets = (policy.byAction.get(decrypt) ?? [])
    .filter(({ effect }) => effect === "Allow")
    .map((statement) => meantBy(statement, roles));
  return sets.includes(undefined) ? undefined : new Set(sets.flatMap((set) => [...(set ?? [])]));
}

/** Roles that a statement means, at most. */
export function meantBy({ principals, tests }: ReadStatement, { byArn, byAccount }: Roles): Admitted {
  const named = tests
    .filter((test) => isName(test, positive))
    .map(({ wanted }) => new Set(wanted.flatMap((pattern) => byArn.matching(pattern))));
  if (named.length > 0) return smallest(named);
  if (principals === undefined || principals.everybody) return undefined;
  return new Set([
    ...[...principals.accounts].flatMap((account) => byAccount.get(account) ?? []),
    ...[...principals.roles].flatMap((arn) => byArn.matching(arn)),
  ]);
}

export function smallest(sets: readonly Admitted[]): Admitted {
  return sets.reduce(
    (least, set) => (set !== undefined && (least === undefined || set.size < least.size) ? set : least),
    undefined,
  );
}

const positive = new Set(["ArnEquals", "ArnLike", "StringEquals", "StringLike"]);
const negated = new Set(["ArnNotEquals", "ArnNotLike"]);

function isName({ operator, key }: Test, operators: ReadonlySet<string>): boolean {
  return operators.has(operator) && key.toLowerCase() === "aws:principalarn";
}
