import { limitsSource } from "../../iam/limits";
import { trustOf } from "../../iam/resourcePolicies";
import { servicesIn, servicesThatSendSource } from "../../iam/serviceTrust";
import { hasUnknownPrincipal } from "../../iam/principals";
import type { Rule } from "../../rule";
import { types } from "../../types";
import { unknown } from "../../values";
import { judgeStatements } from "../../verdict";

export const trustDeputy: Rule = {
  id: "trust-deputy",
  title: "A service assumes a role for this account's resources only",
  why: "Without a source condition another customer can have the service act with this role on their behalf",
  remedy: "Add conditions on aws:SourceAccount and aws:SourceArn to the trust",
  severity: "medium",
  level: "mandatory",
  references: ["AWS IAM user guide: the confused deputy problem"],
  resource: {
    types: [types.role],
    check: (resource) =>
      judgeStatements(trustOf(resource), (statement) => {
        if (statement.effect === "Deny" || limitsSource(statement)) return undefined;
        const service = servicesIn(statement).find((name) => servicesThatSendSource.has(name));
        if (service !== undefined) return `lets ${service} assume the role for anyone`;
        return hasUnknownPrincipal(statement) ? unknown : undefined;
      }),
  },
};
