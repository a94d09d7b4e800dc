import { demands } from "../../documents/conditions";
import type { Statement } from "../../documents/document";
import { includesAction, known } from "../../documents/statements";
import { trustOf } from "../../iam/resourcePolicies";
import type { Rule } from "../rule";
import { types } from "../../view/types";
import { unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const trustOidc: Rule = {
  id: "trust-oidc",
  title: "A federated trust names audience and subject",
  why: "Without them every user, repository or workload of the provider, other customers' included, gets the role",
  remedy: "Add StringEquals conditions on the provider's `:aud` and `:sub` (for SAML on SAML:aud)",
  severity: "critical",
  level: "mandatory",
  references: ["Trivy AVD-AWS-0342", "KICS iam_role_with_open_oidc", "Checkov CKV_AWS_358"],
  resource: {
    types: [types.role],
    check: (resource) => judgeStatements(trustOf(resource), judge),
  },
};

function judge(statement: Statement): StatementFinding {
  if (statement.effect === "Deny" || !statement.principals.some(({ kind }) => kind === "Federated"))
    return undefined;
  const saml = includesAction(statement, "sts:AssumeRoleWithSAML");
  if (saml) return narrows(statement, "saml:aud") ? undefined : "trusts a SAML provider without SAML:aud";
  const cognito = statement.principals.some(({ value }) => value === "cognito-identity.amazonaws.com");
  // Cognito's tokens are narrowed otherwise, and it may be Cognito's.
  const open = statement.principals.some(({ kind, value }) => kind === "Federated" && value === unknown);
  if (open && narrows(statement, ":aud") && narrows(statement, ":amr")) return unknown;
  const missing = [":aud", cognito ? ":amr" : ":sub"].filter((ending) => !narrows(statement, ending));
  if (missing.length > 0)
    return `trusts an identity provider without a condition on its ${missing.join(" and ")}`;
  return statement.effect === unknown ? unknown : undefined;
}

/** A demand whose every value names something in full before its first wildcard: `repo:*` and `repo:shop*` name no owner. */
function narrows(statement: Statement, ending: string): boolean {
  const keys = statement.conditions.map(({ key }) => key).filter((key) => key.endsWith(ending));
  return demands(statement, ...keys).some(
    ({ values }) => values.length > 0 && known(values).every(namesSomething),
  );
}

/** Who may choose a name of their own chooses one that begins as it should: an owner ends in `/`, a namespace in `:`. */
function namesSomething(value: string): boolean {
  const fixed = value.split(/[*?]/)[0] ?? "";
  if (fixed === value) return true;
  const [, owner] = /^(?:repo|project_path|organization|system:serviceaccount):(.*)$/.exec(fixed) ?? [];
  return owner === undefined ? fixed !== "" : /^[^/:]+[/:]/.test(owner);
}
