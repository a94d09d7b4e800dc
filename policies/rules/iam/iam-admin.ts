import type { Statement } from "../../documents/document";
import { hasUnknown, known, mayAllow } from "../../documents/statements";
import { identityPoliciesOf, identityPolicyTypes } from "../../iam/identityPolicies";
import { attachingProperty, administratorsIn, attachingTypes, managedByAwsIn } from "../../iam/managedByAws";
import { isEveryResource } from "../../iam/resources";
import type { Resource } from "../../view/resource";
import { finding, undecided, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { unknown, unknownPaths } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const iamAdmin: Rule = {
  id: "iam-admin",
  title: "No policy allows everything on everything",
  why: "Whoever has it can read every secret and change every control",
  remedy: "Name the actions and the resources that are needed, in a policy of your own",
  severity: "critical",
  level: "mandatory",
  references: ["FSBP IAM.1", "CIS AWS 3.0 1.16", "Checkov CKV_AWS_62", "Checkov CKV_AWS_63"],
  resource: {
    types: identityPolicyTypes,
    check: (resource) => judgeStatements(identityPoliciesOf(resource), judge),
  },
  stack: {
    types: attachingTypes,
    *check(stack): Iterable<StackFinding> {
      for (const resource of stack.ofType(...attachingTypes)) {
        const { urn } = resource;
        const wide = [...judgeStatements(managedByAwsIn(resource), judge)];
        for (const found of wide) yield { ...found, urn };
        for (const { property, name } of administratorsIn(resource)) {
          if (wide.some((found) => found.property === property)) continue;
          yield { ...finding(property, `is AWS's ${name}, which makes an administrator`), urn };
        }
        for (const property of policiesUnknown(stack, resource)) yield { ...undecided(property), urn };
      }
    },
  },
};

function judge(statement: Statement): StatementFinding {
  if (!mayAllow(statement)) return undefined;
  const all = known(statement.actions).some(isEveryAction);
  const everything = known(statement.resources).some(isEveryResource);
  if (all && everything && statement.effect === "Allow") return "allows every action on every resource";
  const possible = (all || hasUnknown(statement.actions)) && (everything || hasUnknown(statement.resources));
  return possible ? unknown : undefined;
}

/** Where a policy that is attached is not known yet, and comes from none of the stack. */
function policiesUnknown(stack: Stack, resource: Resource): readonly string[] {
  const property = attachingProperty(resource.type);
  if (property === undefined) return [];
  const own = stack.referred(resource, property).some(({ type }) => type === types.managedPolicy);
  return own ? [] : unknownPaths(resource.props[property], property).slice(0, 1);
}

/** `*`, `**`, `*:*`: nothing but wildcards, in the service's part too. */
function isEveryAction(action: string): boolean {
  return (
    action.includes("*") &&
    action.split("").every((letter) => letter === "*" || letter === "?" || letter === ":")
  );
}
