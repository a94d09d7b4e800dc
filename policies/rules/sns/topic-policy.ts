import { isLimitedBy } from "../../documents/conditions";
import type { Statement } from "../../documents/document";
import { limitsSource } from "../../iam/limits";
import { allowsEverybody, hasUnknownPrincipal } from "../../iam/principals";
import { resourcePolicyOf } from "../../iam/resourcePolicies";
import type { Rule } from "../rule";
import { types } from "../../view/types";
import { unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const topicPolicy: Rule = {
  id: "topic-policy",
  title: "A topic is open to whom it names",
  why: "Whoever may publish can drown real notices in false ones; whoever may subscribe reads them all",
  remedy: "Name services with aws:SourceAccount, or accounts; never everybody without a condition",
  severity: "high",
  level: "mandatory",
  references: ["Trivy AVD-AWS-0095", "Checkov CKV_AWS_169", "FSBP SNS.4"],
  resource: {
    types: [types.topic, types.topicPolicy],
    check: (resource) => judgeStatements(resourcePolicyOf(resource), judge),
  },
};

function judge(statement: Statement): StatementFinding {
  if (statement.effect === "Deny" || isLimited(statement)) return undefined;
  if (allowsEverybody(statement))
    return statement.effect === unknown ? unknown : "allows everybody without a condition";
  return hasUnknownPrincipal(statement) ? unknown : undefined;
}

function isLimited(statement: Statement): boolean {
  return (
    limitsSource(statement) ||
    isLimitedBy(statement, "aws:principalorgid", "aws:principalarn", "aws:principalaccount")
  );
}
