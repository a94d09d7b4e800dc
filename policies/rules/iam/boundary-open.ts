import { parseArn } from "../../documents/arn";
import type { Statement } from "../../documents/document";
import { statementsOf } from "../../documents/read";
import { hasUnknown, includesAction, known } from "../../documents/statements";
import { isLimited, openings, type Opening } from "../../iam/boundaryReach";
import { denies } from "../../iam/denials";
import { boundaryPoliciesOf } from "../../iam/grants";
import type { Resource } from "../../view/resource";
import { undecided, type Finding, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { textOf, unknown } from "../../view/values";
import { judgeStatements, type StatementFinding } from "../../documents/judgeStatements";

export const boundaryOpen: Rule = {
  id: "boundary-open",
  title: "A permissions boundary opens no values, keys or roles at large",
  why: "A boundary is what holds when a role is given too much by mistake; one that opens them holds nothing back",
  remedy: "Name one environment's values, and each key, role or function by its ARN, or take the action out",
  severity: "high",
  level: "mandatory",
  references: ["AWS IAM user guide: permissions boundaries", "FSBP KMS.1"],
  settings: ["boundaries"],
  stack: {
    types: [types.managedPolicy, types.role, types.user],
    *check(stack, settings): Iterable<StackFinding> {
      yield* managedByAws(stack);
      const boundaries = new Set(boundaryPoliciesOf(stack, settings));
      for (const policy of stack.ofType(types.managedPolicy)) {
        const { urn, props } = policy;
        if (boundaries.has(policy)) {
          for (const found of judged(policy)) yield { ...found, urn };
          continue;
        }
        const hidden = ["name", "path"].find((property) => props[property] === unknown);
        if (hidden !== undefined && [...judged(policy)].length > 0) yield { ...undecided(hidden), urn };
      }
    },
  },
};

function judged({ props }: Resource): Iterable<Finding> {
  // Every policy has a text: where the view of a stack holds none, it is not known yet.
  const value = props["policy"] ?? unknown;
  return judgeStatements([{ property: "policy", value }], (statement) =>
    judgeStatement(statement, statementsOf(value)),
  );
}

function judgeStatement(statement: Statement, all: readonly Statement[]): StatementFinding {
  if (statement.effect === "Deny") return undefined;
  const shut = openings.filter((opening) => !isLimited(opening, statement));
  for (const opening of shut) {
    for (const action of opening.actions.filter((one) => includesAction(statement, one))) {
      const open = openResource(statement, opening);
      if (open === undefined || all.some((other) => denies(other, action, open))) continue;
      return statement.effect === unknown ? unknown : `opens ${opening.what}, by ${action} on ${open}`;
    }
  }
  const possible = shut.some(
    (opening) =>
      (hasUnknown(statement.actions) && openResource(statement, opening) !== undefined) ||
      (hasUnknown(statement.resources) &&
        opening.actions.some((action) => includesAction(statement, action))),
  );
  return possible ? unknown : undefined;
}

/** All but some is open as well. */
function openResource(statement: Statement, opening: Opening): string | undefined {
  return statement.notResources.length > 0 ? "*" : known(statement.resources).find(opening.isOpen);
}

/**
 * AWS's own policies that hold such statements, as https://docs.aws.amazon.com/aws-managed-policy/latest/reference
 * shows them.
 */
const openPolicies = new Set([
  "AdministratorAccess",
  "AmazonSSMFullAccess",
  "AmazonSSMManagedInstanceCore",
  "AmazonSSMReadOnlyAccess",
  "IAMFullAccess",
  "PowerUserAccess",
  "ReadOnlyAccess",
  "SecretsManagerReadWrite",
]);

function* managedByAws(stack: Stack): Iterable<StackFinding> {
  for (const { urn, props } of stack.ofType(types.role, types.user)) {
    const arn = parseArn(textOf(props["permissionsBoundary"]) ?? "");
    const name = arn?.account === "aws" ? (arn.resource.split("/").at(-1) ?? "") : "";
    if (openPolicies.has(name)) {
      yield {
        urn,
        property: "permissionsBoundary",
        message: `is AWS's ${name}, which opens values or roles at large`,
      };
    }
  }
}
