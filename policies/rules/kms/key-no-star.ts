import { allowsEverybody, hasUnknownPrincipal } from "../../iam/principals";
import { keyPolicyTypes, resourcePolicyOf } from "../../iam/resourcePolicies";
import type { Rule } from "../rule";
import { unknown } from "../../view/values";
import { judgeStatements } from "../../documents/judgeStatements";

export const keyNoStar: Rule = {
  id: "key-no-star",
  title: "A key's policy names whom it allows",
  why: "An allow to every principal opens whatever the key protects to other accounts, conditions or not",
  remedy: "Name the account, with aws:PrincipalArn and aws:PrincipalOrgID conditions",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP KMS.5", "Checkov CKV_AWS_33"],
  resource: {
    types: keyPolicyTypes,
    check: (resource) =>
      judgeStatements(resourcePolicyOf(resource), (statement) => {
        if (allowsEverybody(statement)) return "allows every principal there is";
        if (statement.effect === "Deny") return undefined;
        return hasUnknownPrincipal(statement) ? unknown : undefined;
      }),
  },
};
