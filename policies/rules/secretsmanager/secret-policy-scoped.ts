import { parseArn } from "../../documents/arn";
import type { Statement } from "../../documents/document";
import {
  hasUnknownPrincipal,
  isEverybody,
  isNoPrincipalOfAccounts,
  wholeAccountOf,
} from "../../iam/principals";
import { limitsOrganization, limitsRole, limitsSource } from "../../iam/limits";
import { resourcePolicyOf, secretPolicyTypes } from "../../iam/resourcePolicies";
import type { Resource } from "../../view/resource";
import type { Rule } from "../rule";
import type { Settings } from "../../pack/settings";
import { textOf, unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const secretPolicyScoped: Rule = {
  id: "secret-policy-scoped",
  title: "A secret's policy allows named roles of this organisation only",
  why: "An account principal without conditions lets every administrator over there decide who reads the secret",
  remedy:
    "Allow the account principal with ArnEquals on aws:PrincipalArn naming the roles, and with StringEquals on aws:PrincipalOrgID",
  severity: "critical",
  level: "mandatory",
  references: [
    "Prowler secretsmanager_not_publicly_accessible",
    "KICS secretsmanager_secret_policy_allows_all",
  ],
  settings: ["organization"],
  resource: {
    types: secretPolicyTypes,
    check: (resource, settings) =>
      judgeStatements(
        resourcePolicyOf(resource),
        (statement) =>
          judge(statement, accountOf(resource), settings) ?? judgeElsewhere(statement, resource, settings),
      ),
  },
};

function judge(statement: Statement, account: string | undefined, settings: Settings): StatementFinding {
  if (statement.effect === "Deny") return undefined;
  if (statement.principals.some(isEverybody)) return "allows every principal there is";
  const outside = statement.principals.find(isNoPrincipalOfAccounts);
  if (outside !== undefined) return `allows a ${outside.kind} principal, which is no role of an account`;
  for (const principal of statement.principals) {
    const whole = wholeAccountOf(principal);
    if (whole !== undefined) {
      if (!limitsRole(statement))
        return `allows the whole account ${whole}, without naming roles in aws:PrincipalArn`;
      if (whole !== account && !limitsOrganization(statement, settings)) {
        return `allows account ${whole} without the organisation's identifier in aws:PrincipalOrgID`;
      }
    } else if (principal.kind === "Service" && !limitsSource(statement)) {
      return "allows an AWS service without aws:SourceAccount or aws:SourceArn";
    } else if (principal.kind === "AWS" && principal.value !== unknown && account !== undefined) {
      const other = parseArn(principal.value)?.account;
      if (other !== undefined && other !== account && !limitsOrganization(statement, settings)) {
        return `allows a principal of account ${other} without the organisation's identifier in aws:PrincipalOrgID`;
      }
    }
  }
  return hasUnknownPrincipal(statement) || statement.effect === unknown ? unknown : undefined;
}

/** While the account of the secret is not known, a principal that is named may be of another. */
function judgeElsewhere(statement: Statement, { props }: Resource, settings: Settings): StatementFinding {
  const open = props["secretArn"] === unknown && statement.effect !== "Deny";
  const named = statement.principals.some(
    ({ kind, value }) => kind === "AWS" && value !== unknown && parseArn(value) !== undefined,
  );
  return open && named && !limitsOrganization(statement, settings) ? unknown : undefined;
}

/** The account that owns the secret, where the program says so. */
function accountOf(resource: Resource): string | undefined {
  const arn = textOf(resource.props["secretArn"]) ?? textOf(resource.props["arn"]);
  return arn === undefined ? undefined : parseArn(arn)?.account;
}
