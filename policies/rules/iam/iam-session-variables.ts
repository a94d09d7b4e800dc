import type { Statement } from "../../documents/document";
import { hasUnknown, known, mayAllow } from "../../documents/statements";
import { grantsOf } from "../../iam/grants";
import type { Resource } from "../../view/resource";
import type { Rule, StackFinding } from "../rule";
import { textOf, unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const iamSessionVariables: Rule = {
  id: "iam-session-variables",
  title: "What a service's role may use stands in its policy in full",
  why: "Who assumes a role may choose its session's tags, so a policy variable is a name that the caller fills in",
  remedy: "Write the names out; a policy variable in a manifest is somebody's attempt to widen a grant",
  severity: "high",
  level: "mandatory",
  references: ["AWS IAM user guide: policy variables", "AWS IAM user guide: pass session tags in AWS STS"],
  settings: ["boundaries"],
  stack: {
    *check(stack, settings): Iterable<StackFinding> {
      for (const { resource, documents, roles } of grantsOf(stack, settings)) {
        if (!roles.some(isServices)) continue;
        for (const found of judgeStatements(documents, judge)) yield { ...found, urn: resource.urn };
      }
    },
  },
};

/** People's roles may be told apart by what their sessions say of them; a service's is one thing. */
function isServices({ props }: Resource): boolean {
  return textOf(props["path"])?.startsWith("/services/") === true;
}

/**
 * Denials are left alone: a variable that is empty matches nothing. `${*}`, `${?}` and `${$}` are those characters
 * themselves.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
const variable = /\$\{(?![*?$]\})/;

function judge(statement: Statement): StatementFinding {
  if (!mayAllow(statement)) return undefined;
  const texts = [
    ...statement.resources,
    ...statement.notResources,
    ...statement.conditions.flatMap(({ values }) => values),
  ];
  if (known(texts).some((text) => variable.test(text))) return "allows what a policy variable says";
  return hasUnknown(statement.resources) || statement.effect === unknown ? unknown : undefined;
}
