import { undecided, type Rule, type StackFinding } from "../../rule";
import { types } from "../../types";
import { isPresent, unknown } from "../../values";

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
      const covered = new Set<string>();
      let unplaced = 0;
      for (const policy of stack.ofType(types.secretPolicy)) {
        const secrets = stack.referred(policy, "secretArn").filter(({ type }) => type === types.secret);
        if (secrets.length === 0 && policy.props["secretArn"] === unknown) unplaced++;
        for (const { urn } of secrets) covered.add(urn);
      }
      for (const { urn, props } of stack.ofType(types.secret)) {
        if (covered.has(urn) || isGiven(props["policy"])) continue;
        if (unplaced > 0) yield { ...undecided("secretArn of a SecretPolicy"), urn };
        else yield { urn, message: "no SecretPolicy in this stack names this secret" };
      }
    },
  },
};

/** The provider answers with an unknown `policy` in a preview, whether or not the program gave one. */
function isGiven(policy: Parameters<typeof isPresent>[0]): boolean {
  return policy !== unknown && isPresent(policy);
}
