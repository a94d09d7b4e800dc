import { parseArn } from "../../documents/arn";
import type { Statement, Text } from "../../documents/document";
import { hasUnknown, includesAction } from "../../documents/statements";
import { ownersOf } from "../../iam/grantOwners";
import { grantsOf, type Grant } from "../../iam/grants";
import { reachOf } from "../../iam/valueAccess";
import type { Rule, StackFinding } from "../rule";
import type { Settings } from "../../pack/settings";
import { unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const iamEnvironmentCross: Rule = {
  id: "iam-environment-cross",
  title: "A role of one environment stays in its environment's values",
  why: "A role of staging that reaches production makes production as safe as staging",
  remedy: "Name items under the role's own environment only",
  severity: "critical",
  level: "mandatory",
  references: ["AWS Well-Architected SEC01-BP01"],
  settings: ["branchReaders", "environments"],
  stack: {
    *check(stack, settings): Iterable<StackFinding> {
      // What only serves as a boundary gives nothing by itself; what is attached as well is among the grants.
      for (const grant of grantsOf(stack, { boundaries: [] })) yield* checkGrant(grant, settings);
    },
  },
};

function* checkGrant(grant: Grant, settings: Settings): Iterable<StackFinding> {
  const { owners, open } = ownersOf(grant, settings);
  const environments = new Set(owners.flatMap(({ environment }) => environment ?? []));
  const judged = [...environments].flatMap((environment) => [...judgeGrant(grant, environment)]);
  yield* judged;
  if (open === undefined || judged.length > 0) return;
  // Of whatever environment the role is: does it matter?
  const matters = [...judgeGrant(grant, "")].some((found) => found.undecided !== true);
  if (matters) yield open;
}

function* judgeGrant({ resource, documents }: Grant, environment: string): Iterable<StackFinding> {
  for (const found of judgeStatements(documents, (statement) => judge(statement, environment))) {
    yield { ...found, urn: resource.urn };
  }
}

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

function judge(statement: Statement, environment: string): StatementFinding {
  if (statement.effect === "Deny") return undefined;
  const concerns = samples.some((action) => includesAction(statement, action));
  if (!concerns && !hasUnknown(statement.actions)) {
    if (statement.resources.some(isValue)) return cross(statement, environment);
    return hasUnknown(statement.resources) && statement.actions.some(isAboutValues) ? unknown : undefined;
  }
  return cross(statement, environment);
}

function cross(statement: Statement, environment: string): StatementFinding {
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

/** An action of a service that keeps values, on whatever it is done. */
function isAboutValues(action: Text): boolean {
  return action !== unknown && /^(?:secretsmanager:|ssm:[a-z]*(?:parameter|tag))/i.test(action);
}

function isValue(pattern: Text): boolean {
  if (pattern === unknown) return false;
  const arn = parseArn(pattern);
  return (
    arn?.service === "secretsmanager" || (arn?.service === "ssm" && arn.resource.startsWith("parameter/"))
  );
}
