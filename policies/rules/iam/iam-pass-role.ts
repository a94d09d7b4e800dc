import { parseArn } from "../../documents/arn";
import { isLimitedBy } from "../../documents/conditions";
import type { Statement } from "../../documents/document";
import { hasUnknown, includesAction, known } from "../../documents/statements";
import { identityPoliciesOf, identityPolicyTypes } from "../../iam/identityPolicies";
import type { Rule } from "../rule";
import { unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const iamPassRole: Rule = {
  id: "iam-pass-role",
  title: "iam:PassRole names the roles and the service they are passed to",
  why: "Who may pass any role to any service runs code with the most powerful role of the account",
  remedy: "Name the roles in `Resource` and the service in a condition on iam:PassedToService",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV_AWS_110", "AWS IAM user guide: passing a role to a service"],
  resource: {
    types: identityPolicyTypes,
    check: (resource) => judgeStatements(identityPoliciesOf(resource), judge),
  },
};

function judge(statement: Statement): StatementFinding {
  if (statement.effect === "Deny") return undefined;
  if (!includesAction(statement, "iam:PassRole")) return undefined;
  if (statement.notResources.length > 0 || known(statement.resources).some(isEveryRole))
    return "passes every role";
  if (!isLimitedBy(statement, "iam:passedtoservice"))
    return "passes roles to every service, without iam:PassedToService";
  return hasUnknown(statement.resources) || statement.effect === unknown ? unknown : undefined;
}

/** `*`, `role/*`, or a path of which nothing is named. */
function isEveryRole(pattern: string): boolean {
  const resource = parseArn(pattern)?.resource ?? pattern;
  return resource
    .replace(/^role\//, "")
    .replaceAll("/", "")
    .split("")
    .every((letter) => letter === "*" || letter === "?");
}
