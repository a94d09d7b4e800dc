import { parseArn } from "../../documents/arn";
import type { Statement, Text } from "../../documents/document";
import { hasUnknown, includesAction } from "../../documents/statements";
import { grantsByRole } from "../../iam/grants";
import { ownerOfRole, readsBranches } from "../../iam/roleOwner";
import { reachOf } from "../../iam/valueAccess";
import type { Rule, StackFinding } from "../../rule";
import { unknown } from "../../values";
import { judgeStatements, type Verdict } from "../../verdict";

export const iamEnvironmentCross: Rule = {
  id: "iam-environment-cross",
  title: "A role of one environment stays in its environment's values",
  why: "A role of staging that reaches production makes production as safe as staging",
  remedy: "Name items under the role's own environment only",
  severity: "critical",
  level: "mandatory",
  references: ["AWS Well-Architected SEC01-BP01"],
  settings: ["branchReaders"],
  stack: {
    *check(stack, settings): Iterable<StackFinding> {
      for (const [urn, grants] of grantsByRole(stack)) {
        const role = stack.byUrn(urn);
        if (role === undefined || readsBranches(role, settings)) continue;
        const { environment } = ownerOfRole(role);
        if (environment === undefined) continue;
        for (const { resource, documents } of grants) {
          for (const found of judgeStatements(documents, (statement) => judge(statement, environment))) {
            yield { ...found, urn: resource.urn };
          }
        }
      }
    },
  },
};

/** Whatever the actions do with a value: reading, writing, deleting. */
const all = { secrets: true, parameters: true };
const samples = [
  "secretsmanager:GetSecretValue",
  "secretsmanager:PutSecretValue",
  "secretsmanager:DeleteSecret",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "ssm:PutParameter",
  "ssm:DeleteParameter",
];

function judge(statement: Statement, environment: string): Verdict {
  if (statement.effect === "Deny") return undefined;
  const concerns = samples.some((action) => includesAction(statement, action));
  if (!concerns && !hasUnknown(statement.actions))
    return statement.resources.some(isValue) ? cross(statement, environment) : undefined;
  return cross(statement, environment);
}

function cross(statement: Statement, environment: string): Verdict {
  if (statement.notResources.length > 0) return "reaches values of every environment but some";
  let open = false;
  for (const pattern of statement.resources) {
    const reach = reachOf(pattern, all);
    if (reach.kind === "unknown") open = true;
    else if (reach.kind === "everything") {
      if (samples.some((action) => includesAction(statement, action)))
        return "reaches values of every environment";
    } else if (reach.kind === "scheme" && reach.environment !== environment) {
      return `reaches values of ${reach.environment ?? "every environment"}, and the role is of ${environment}`;
    }
  }
  return open ? unknown : undefined;
}

function isValue(pattern: Text): boolean {
  if (pattern === unknown) return false;
  const arn = parseArn(pattern);
  return (
    arn?.service === "secretsmanager" || (arn?.service === "ssm" && arn.resource.startsWith("parameter/"))
  );
}
