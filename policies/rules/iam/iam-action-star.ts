import { hasUnknown, known, mayAllow } from "../../documents/statements";
import { identityPoliciesOf, identityPolicyTypes } from "../../iam/identityPolicies";
import type { Rule } from "../rule";
import { unknown } from "../../view/values";
import { judgeStatements } from "../../documents/judgeStatements";

export const iamActionStar: Rule = {
  id: "iam-action-star",
  title: "No policy allows all actions of a service",
  why: "A service's actions include those that change policies and delete, and grow with every release",
  remedy: "List the actions that are needed",
  severity: "high",
  level: "mandatory",
  references: ["FSBP IAM.21", "CIS AWS 3.0 1.16", "Checkov CKV_AWS_107"],
  resource: {
    types: identityPolicyTypes,
    check: (resource) =>
      judgeStatements(identityPoliciesOf(resource), (statement) => {
        if (!mayAllow(statement)) return undefined;
        const whole = known(statement.actions).find(isWholeService);
        if (whole !== undefined) return statement.effect === "Allow" ? `allows \`${whole}\`` : unknown;
        return hasUnknown(statement.actions) ? unknown : undefined;
      }),
  },
};

/** `*`, `s3:*`, `s3:**`: nothing but wildcards behind the service. */
function isWholeService(action: string): boolean {
  const name = action.slice(action.indexOf(":") + 1);
  return name.includes("*") && name.split("").every((letter) => letter === "*" || letter === "?");
}
