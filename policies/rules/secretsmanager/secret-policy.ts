import { undecided, type Rule, type StackFinding } from "../../rule";
import { hasUnplaced, policiesOfSecrets } from "../../secrets";
import { types } from "../../types";

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
      const missing = stack.ofType(types.secret).filter(({ urn }) => !policies.has(urn));
      if (missing.length === 0) return;
      const unplaced = hasUnplaced(stack, types.secretPolicy, "secretArn", [types.secret]);
      for (const { urn } of missing) {
        if (unplaced) yield { ...undecided("secretArn of a SecretPolicy"), urn };
        else yield { urn, message: "no SecretPolicy in this stack names this secret" };
      }
    },
  },
};
