import { hasUnknown, known, mayAllow } from "../../documents/statements";
import { identityPoliciesOf, identityPolicyTypes } from "../../iam/identityPolicies";
import { isEveryResource } from "../../iam/resources";
import type { Rule } from "../../rule";
import { unknown } from "../../values";
import { judgeStatements } from "../../verdict";

export const iamAdmin: Rule = {
  id: "iam-admin",
  title: "No policy allows everything on everything",
  why: "Whoever has it can read every secret and change every control",
  remedy: "Name the actions and the resources that are needed",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP IAM.1", "CIS AWS 3.0 1.16", "Checkov CKV_AWS_62", "Checkov CKV_AWS_63"],
  resource: {
    types: identityPolicyTypes,
    check: (resource) =>
      judgeStatements(identityPoliciesOf(resource), (statement) => {
        if (!mayAllow(statement)) return undefined;
        const all = known(statement.actions).some(isEveryAction);
        const everything = known(statement.resources).some(isEveryResource);
        if (all && everything && statement.effect === "Allow") return "allows every action on every resource";
        const possible =
          (all || hasUnknown(statement.actions)) && (everything || hasUnknown(statement.resources));
        return possible ? unknown : undefined;
      }),
  },
};

/** `*`, `**`, `*:*`: nothing but wildcards, in the service's part too. */
function isEveryAction(action: string): boolean {
  return (
    action.includes("*") &&
    action.split("").every((letter) => letter === "*" || letter === "?" || letter === ":")
  );
}
