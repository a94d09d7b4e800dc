import type { Statement } from "../../documents/document";
import { hasUnknown, known, mayAllow } from "../../documents/statements";
import { takesNoResource } from "../../iam/actionsWithoutResources";
import { identityPoliciesOf, identityPolicyTypes } from "../../iam/identityPolicies";
import { grantsOf } from "../../iam/grants";
import { isEveryResource, isEveryResourceOfService, namesResources } from "../../iam/resources";
import type { Rule, StackFinding } from "../rule";
import { unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const iamResourceStar: Rule = {
  id: "iam-resource-star",
  title: "A policy names the resources of actions that take some",
  why: "`*` reaches what other teams own, and what is made tomorrow",
  remedy: "Name the resources, or move the actions that take none to a statement of their own",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV_AWS_355", "CIS AWS 3.0 1.16"],
  settings: ["boundaries"],
  resource: {
    types: identityPolicyTypes,
    check: (resource) => judgeStatements(identityPoliciesOf(resource), judge),
  },
  stack: {
    *check(stack, settings): Iterable<StackFinding> {
      for (const { resource, documents } of grantsOf(stack, settings)) {
        if (!identityPolicyTypes.includes(resource.type)) continue;
        const own = documents.filter(({ property }) => !property.startsWith("managedPolicyArns"));
        for (const found of judgeStatements(own, judgeOfService))
          if (found.undecided === undefined) yield { ...found, urn: resource.urn };
      }
    },
  },
};

function judge(statement: Statement): StatementFinding {
  if (!mayAllow(statement)) return undefined;
  if (known(statement.resources).some(isEveryResource) && !namesResources(statement)) {
    const wide = known(statement.actions).find((action) => !takesNoResource(action));
    if (wide !== undefined) return `allows \`${wide}\` on every resource`;
    return hasUnknown(statement.actions) ? unknown : undefined;
  }
  // Neither a known action nor a known resource can be wrong alone.
  const harmless =
    statement.actions.length > 0 &&
    !hasUnknown(statement.actions) &&
    known(statement.actions).every(takesNoResource);
  return hasUnknown(statement.resources) && !harmless ? unknown : undefined;
}

/** Of everything of a service; a boundary may be as wide, since it gives nothing and is judged by its own rule. */
function judgeOfService(statement: Statement): StatementFinding {
  if (statement.effect !== "Allow" || namesResources(statement)) return undefined;
  const resources = known(statement.resources);
  if (resources.some(isEveryResource) || !resources.some(isEveryResourceOfService)) return undefined;
  const wide = known(statement.actions).find((action) => !takesNoResource(action));
  return wide === undefined ? undefined : `allows \`${wide}\` on every resource`;
}
