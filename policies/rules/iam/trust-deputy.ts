import type { Statement } from "../../documents/document";
import { limitsSource } from "../../iam/limits";
import { hasUnknownPrincipal } from "../../iam/principals";
import { trustOf } from "../../iam/resourcePolicies";
import { isForAnyone, servicesIn, unsentSource } from "../../iam/serviceTrust";
import type { Rule } from "../rule";
import { types } from "../../view/types";
import { unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const trustDeputy: Rule = {
  id: "trust-deputy",
  title: "A service assumes a role for this account's resources only, as far as it says for whose",
  why: "Without a source condition another customer can have the service act with this role on their behalf; with one that the service does not send it can never assume the role",
  remedy:
    "Add conditions on aws:SourceAccount and aws:SourceArn to the trust where the service's page says that it sends them, and none elsewhere",
  severity: "medium",
  level: "mandatory",
  references: ["AWS IAM user guide: the confused deputy problem"],
  resource: {
    types: [types.role],
    check: (resource) => judgeStatements(trustOf(resource), judge),
  },
};

function judge(statement: Statement): StatementFinding {
  const services = servicesIn(statement);
  for (const service of services) {
    const unsent = unsentSource(statement, service, "role");
    if (unsent !== undefined) {
      const does = statement.effect === "Deny" ? "bars" : "asks";
      return `${does} ${service} ${does === "bars" ? "unless it sends" : "for"} ${unsent}, which no page of AWS says that it sends when it assumes a role`;
    }
  }
  if (statement.effect === "Deny") return undefined;
  const open = services.find((service) => isForAnyone(statement, service, "role"));
  if (open !== undefined) return `lets ${open} assume the role for anyone`;
  return hasUnknownPrincipal(statement) && !limitsSource(statement) ? unknown : undefined;
}
