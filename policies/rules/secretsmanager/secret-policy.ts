import { isEmptyDocument } from "../../documents/empty";
import { readDocument } from "../../documents/read";
import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import { hasUnplaced, policiesOfSecrets, type HeldDocument } from "../../documents/secrets";
import { types } from "../../view/types";
import { unreadable } from "../../documents/judgeStatements";

export const secretPolicy: Rule = {
  id: "secret-policy",
  title: "A secret has a resource policy",
  why: "Without one, whoever may read secrets by an identity policy alone reads this one too",
  remedy: "Attach a SecretPolicy that allows the readers by name and denies everyone else",
  severity: "high",
  level: "mandatory",
  references: ["Prowler secretsmanager_has_restrictive_resource_policy"],
  stack: {
    types: [types.secret],
    *check(stack): Iterable<StackFinding> {
      const policies = policiesOfSecrets(stack);
      const unplaced = hasUnplaced(stack, types.secretPolicy, "secretArn", [types.secret]);
      for (const secret of stack.ofType(types.secret)) {
        const lack = lackOf(secret, policies.get(secret.urn) ?? []);
        if (lack === undefined) continue;
        if (unplaced) yield { ...undecided("secretArn of a SecretPolicy"), urn: secret.urn };
        else yield lack;
      }
    },
  },
};

/**
 * What a secret lacks; undefined when one of its policies says something. The empty document `{}` on a secret takes its
 * policy away (https://www.pulumi.com/registry/packages/aws/api-docs/secretsmanager/secret/).
 */
function lackOf({ urn }: Resource, held: readonly HeldDocument[]): StackFinding | undefined {
  if (held.some(({ value }) => readDocument(value).state === "document" && !isEmptyDocument(value))) return;
  const last = held.at(-1);
  if (last === undefined) return { urn, message: "no SecretPolicy in this stack names this secret" };
  const open = held.find(({ value }) => !isEmptyDocument(value));
  if (open !== undefined) return { ...whyOpen(open), urn: open.holder.urn };
  const message = "is an empty document, which is as good as none";
  return { urn: last.holder.urn, property: last.property, message };
}

/** A policy of which nobody can say whether it says something. */
function whyOpen({ property, value }: HeldDocument): StackFinding {
  return readDocument(value).state === "unknown" ? undecided(property) : unreadable(property);
}
