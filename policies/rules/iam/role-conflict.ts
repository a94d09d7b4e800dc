import { overlapArns } from "../../documents/arn";
import type { PolicyDocument, Statement } from "../../documents/document";
import { overlap } from "../../documents/patterns";
import { readDocument, statementsOf } from "../../documents/read";
import { known, nameOf } from "../../documents/statements";
import { denies } from "../../iam/denials";
import { grantsByRole, type Grant } from "../../iam/grants";
import { undecided, type Rule, type StackFinding } from "../../rule";
import { types } from "../../types";

export const roleConflict: Rule = {
  id: "role-conflict",
  title: "A role's policies grant nothing that its boundary holds back",
  why: "Such a grant never works: it fails at run time, and reads in a review as if it did",
  remedy: "Take the action out of the role's policy, or let the boundary allow it",
  severity: "medium",
  level: "mandatory",
  references: ["IAM Access Analyzer: policy checks", "AWS IAM user guide: permissions boundaries"],
  stack: {
    types: [types.role],
    *check(stack): Iterable<StackFinding> {
      const byRole = grantsByRole(stack);
      for (const role of stack.ofType(types.role)) {
        const grants = byRole.get(role.urn);
        if (grants === undefined) continue;
        for (const boundary of stack.referred(role, "permissionsBoundary")) {
          const reading = readDocument(boundary.props["policy"]);
          if (reading.state === "unknown") yield { ...undecided("policy"), urn: boundary.urn };
          else if (reading.state === "document") yield* checkGrants(grants, reading.document);
        }
      }
    },
  },
};

function* checkGrants(grants: readonly Grant[], boundary: PolicyDocument): Iterable<StackFinding> {
  for (const { resource, documents } of grants) {
    for (const { property, value } of documents) {
      for (const statement of statementsOf(value)) {
        const held = statement.effect === "Allow" ? heldBack(statement, boundary) : undefined;
        if (held !== undefined) {
          yield {
            urn: resource.urn,
            property,
            message: `${nameOf(statement)} allows ${held}, which the boundary does not`,
          };
        }
      }
    }
  }
}

/** By boundary and statement: the same ones meet at every role of an account. */
const answers = new WeakMap<PolicyDocument, WeakMap<Statement, string | null>>();

/** An action of the statement that the boundary allows on none of its resources. */
function heldBack(statement: Statement, boundary: PolicyDocument): string | undefined {
  let ofBoundary = answers.get(boundary);
  if (ofBoundary === undefined) answers.set(boundary, (ofBoundary = new WeakMap()));
  let answer = ofBoundary.get(statement);
  if (answer === undefined) ofBoundary.set(statement, (answer = find(statement, boundary) ?? null));
  return answer ?? undefined;
}

function find(statement: Statement, boundary: PolicyDocument): string | undefined {
  const resources = known(statement.resources);
  if (resources.length === 0) return undefined;
  return known(statement.actions).find(
    (action) => !resources.some((resource) => passes(action, resource, boundary)),
  );
}

function passes(action: string, resource: string, { statements }: PolicyDocument): boolean {
  const allowed = statements.some(
    ({ effect, actions, resources }) =>
      effect === "Allow" &&
      known(actions).some((one) => overlap(one.toLowerCase(), action.toLowerCase())) &&
      known(resources).some((one) => overlapArns(one, resource)),
  );
  return allowed && !statements.some((statement) => denies(statement, action, resource));
}
