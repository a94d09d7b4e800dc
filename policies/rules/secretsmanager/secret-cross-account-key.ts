import { overlapArns, parseArn } from "../../documents/arn";
import { isLimitedBy } from "../../documents/conditions";
import type { Statement } from "../../documents/document";
import { hasWildcard } from "../../../model/aws/patterns";
import { readDocument, statementsOf } from "../../documents/read";
import { allowedArns } from "../../iam/principals";
import { isOpenAboutReaders, readersOf } from "../../iam/secretReaders";
import { keyChoice } from "../../view/keys";
import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import { policiesOfSecrets, type HeldDocument } from "../../documents/secrets";
import { types } from "../../view/types";
import { textOf, type Value } from "../../view/values";

export const secretCrossAccountKey: Rule = {
  id: "secret-cross-account-key",
  title: "A secret that another account reads is under a customer-managed key",
  why: "The key AWS manages never works across accounts: the policy promises a read that fails when the service starts",
  remedy: "Set `kmsKeyId` to a key of your own whose policy lets the readers decrypt",
  severity: "high",
  level: "mandatory",
  references: ["AWS Secrets Manager user guide: access from a different account"],
  stack: {
    types: [types.secret],
    *check(stack): Iterable<StackFinding> {
      const policies = policiesOfSecrets(stack);
      for (const secret of stack.ofType(types.secret)) {
        if (keyChoice(secret.props["kmsKeyId"]) === "customer-managed") continue;
        const held = policies.get(secret.urn) ?? [];
        const whom = whomElse(secret, held);
        if (typeof whom === "string") {
          const message = `is not a key of your own, and the policy allows ${whom}`;
          yield { urn: secret.urn, property: "kmsKeyId", message };
        } else if (whom !== undefined) yield { ...undecided(whom.dependsOn), urn: secret.urn };
      }
    },
  },
};

/** Whom other than the secret's own account its policies let read, for a message; or what must be known to say. */
function whomElse(
  secret: Resource,
  held: readonly HeldDocument[],
): string | { readonly dependsOn: string } | undefined {
  const own = ownAccount(secret, held);
  const statements = held.flatMap(({ value }) => statementsOf(value));
  const { allowed, denies, keptTo } = readersOf(statements);
  const readers = allowed
    .filter((arn) => denies(arn) !== true)
    .flatMap((arn) => (hasWildcard(accountIn(arn)) ? within(arn, keptTo) : [arn]))
    .map(accountIn);
  const accounts = new Set(readers);
  if (accounts.has("*")) return everyAccount(statements);
  if (readers.some(hasWildcard)) return "accounts by a pattern";
  // Of two accounts one is another, whichever the own one is.
  if (accounts.size > 1 || (own !== undefined && [...accounts].some((account) => account !== own)))
    return "another account";
  if (
    held.some(({ value }) => readDocument(value).state === "unknown") ||
    statements.some(isOpenAboutReaders)
  )
    return { dependsOn: "policy" };
  return accounts.size === 1 && own === undefined ? { dependsOn: "arn" } : undefined;
}

function everyAccount(statements: readonly Statement[]): string {
  const wide = statements.filter(
    (one) => one.effect === "Allow" && allowedArns(one).some((arn) => accountIn(arn) === "*"),
  );
  const ofOrganization = wide.every((one) => isLimitedBy(one, "aws:principalorgid", "aws:principalorgpaths"));
  return ofOrganization ? "every account of the organisation" : "every account";
}

function ownAccount(secret: Resource, held: readonly HeldDocument[]): string | undefined {
  const arns: readonly Value[] = [
    secret.props["arn"],
    ...held.map(({ holder }) => holder.props["secretArn"]),
  ];
  return arns.flatMap((arn) => parseArn(textOf(arn) ?? "")?.account ?? [])[0];
}

/** Those of a pattern without an account whom the policy does not deny, where it names them. */
function within(pattern: string, keptTo: readonly string[] | undefined): readonly string[] {
  return keptTo === undefined ? [pattern] : keptTo.filter((arn) => overlapArns(pattern, arn));
}

/** The account in a pattern of principals; `*` where it names none. */
function accountIn(arnPattern: string): string {
  return parseArn(arnPattern)?.account ?? "*";
}
