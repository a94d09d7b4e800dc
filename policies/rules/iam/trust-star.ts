import { allowsEverybody, hasUnknownPrincipal } from "../../iam/principals";
import { trustOf } from "../../iam/resourcePolicies";
import type { Rule } from "../rule";
import { types } from "../../view/types";
import { unknown } from "../../view/values";
import { judgeStatements } from "../../documents/judgeStatements";

export const trustStar: Rule = {
  id: "trust-star",
  title: "A role names who may assume it",
  why: "A role that everyone may assume hands its permissions to any AWS account",
  remedy: "Name the service, or the account with an aws:PrincipalArn condition",
  severity: "critical",
  level: "mandatory",
  references: ["Checkov CKV_AWS_61", "Checkov CKV_AWS_60", "KICS iam_role_allows_all_principals"],
  resource: {
    types: [types.role],
    check: (resource) =>
      judgeStatements(trustOf(resource), (statement) => {
        if (allowsEverybody(statement)) return "allows every principal there is";
        if (statement.effect === "Deny") return undefined;
        return hasUnknownPrincipal(statement) ? unknown : undefined;
      }),
  },
};
