import { overlapArns, parseArn } from "../../documents/arn";
import { hasWildcard } from "../../../model/aws/patterns";
import { readDocument, statementsOf } from "../../documents/read";
import { grantsOfKeys, type KeyGrant } from "../../iam/keyGrants";
import { roleArns } from "../../iam/principals";
import { isOpenAboutReaders, readersOf } from "../../iam/secretReaders";
import type { Resource } from "../../view/resource";
import { undecided, type StackFinding } from "../rule";
import { keyNamedBy, policiesOfKeys, policiesOfSecrets, type HeldDocument } from "../../documents/secrets";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { unknown } from "../../view/values";
import { administratorsIn } from "./administrators";

/**
 * Administrators of a key whom the policy of a secret under it lets read: it allows them, or spares them where it denies
 * everybody else, so that any policy of their own lets them. Only those that the key names: where it leaves administration
 * to the account, nobody can say who they are.
 */
export function* administratorsWhoRead(stack: Stack): Iterable<StackFinding> {
  const administrators = new Map<string, readonly string[]>();
  const administratorsOf = (key: Resource): readonly string[] => {
    let named = administrators.get(key.urn);
    if (named === undefined) administrators.set(key.urn, (named = namedAdministrators(stack, key)));
    return named;
  };
  for (const secret of stack.ofType(types.secret)) {
    const key = keyNamedBy(stack, secret, "kmsKeyId");
    const named = key === undefined || key === "elsewhere" ? [] : administratorsOf(key);
    if (named.length === 0) continue;
    for (const held of policiesOfSecrets(stack).get(secret.urn) ?? []) yield* check(held, named);
  }
  for (const [urn, grants] of grantsOfKeys(stack)) {
    const key = stack.byUrn(urn);
    if (key !== undefined) yield* checkGrants(grants, administratorsOf(key));
  }
}

/** A grant lets its principal decrypt whatever the key's policy says. */
function* checkGrants(
  grants: readonly KeyGrant[],
  administrators: readonly string[],
): Iterable<StackFinding> {
  for (const { grant, grantee, opens } of grants) {
    const { urn } = grant;
    if (administrators.length === 0) continue;
    if (opens === unknown) yield { ...undecided("operations"), urn };
    else if (grantee === undefined) yield { ...undecided("granteePrincipal"), urn };
    else if (roleArns(grantee).some((arn) => administrators.some((one) => overlapArns(one, arn))))
      yield { urn, message: `let ${grantee} read, which also administers the key`, property: "operations" };
  }
}

function namedAdministrators(stack: Stack, key: Resource): readonly string[] {
  return (policiesOfKeys(stack).get(key.urn) ?? [])
    .flatMap(({ value }) => administratorsIn(statementsOf(value)))
    .filter((arn) => (parseArn(arn)?.resource ?? "*") !== "*");
}

function* check(held: HeldDocument, administrators: readonly string[]): Iterable<StackFinding> {
  const { holder, property, value } = held;
  if (readDocument(value).state === "unknown") {
    yield { ...undecided(property), urn: holder.urn };
    return;
  }
  const statements = statementsOf(value);
  const { allowed, spared, denies } = readersOf(statements);
  const readers = [...allowed, ...spared];
  const both = administrators
    .flatMap((administrator) => readers.map((reader) => narrower(administrator, reader)))
    .find((somebody) => somebody !== undefined && denies(somebody) !== true);
  if (both !== undefined) {
    const message = `lets ${both} read, which also administers the key`;
    yield { urn: holder.urn, property, message };
  } else if (statements.some(isOpenAboutReaders)) yield { ...undecided(property), urn: holder.urn };
}

/** Of two patterns that somebody is of, the one that says more; undefined where nobody is of both. */
function narrower(administrator: string, reader: string): string | undefined {
  if (!overlapArns(administrator, reader)) return undefined;
  return hasWildcard(administrator) ? reader : administrator;
}
