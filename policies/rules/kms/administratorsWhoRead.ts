import { overlapArns, parseArn } from "../../documents/arn";
import { hasWildcard } from "../../documents/patterns";
import { readDocument, statementsOf } from "../../documents/read";
import { isOpenAboutReaders, readersOf } from "../../iam/secretReaders";
import type { Resource } from "../../resource";
import { undecided, type StackFinding } from "../../rule";
import { keyNamedBy, policiesOfKeys, policiesOfSecrets, type HeldDocument } from "../../secrets";
import type { Stack } from "../../stack";
import { types } from "../../types";
import { administratorsIn } from "./administrators";

/**
 * Administrators of a key whom the policy of a secret under it lets read: it allows them, or spares them where it denies
 * everybody else, so that any policy of their own lets them. Only those that the key names: where it leaves administration
 * to the account, nobody can say who they are.
 */
export function* administratorsWhoRead(stack: Stack): Iterable<StackFinding> {
  const administrators = new Map<Resource, readonly string[]>();
  for (const secret of stack.ofType(types.secret)) {
    const key = keyNamedBy(stack, secret, "kmsKeyId");
    if (key === undefined || key === "elsewhere") continue;
    if (!administrators.has(key)) administrators.set(key, namedAdministrators(stack, key));
    const named = administrators.get(key) ?? [];
    if (named.length === 0) continue;
    for (const held of policiesOfSecrets(stack).get(secret.urn) ?? []) yield* check(held, named);
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
