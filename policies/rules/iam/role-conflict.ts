import { overlapArns, parseArn } from "../../documents/arn";
import type { PolicyDocument, Statement } from "../../documents/document";
import { covers, coversAction, hasWildcard, overlap } from "../../../model/aws/patterns";
import { readDocument, statementsOf } from "../../documents/read";
import { hasUnknown, includesAction, known, nameOf } from "../../documents/statements";
import { denies } from "../../iam/denials";
import { unknownHolder } from "../../iam/grantOwners";
import { grantsByRole, grantsOf, type Grant } from "../../iam/grants";
import type { Resource } from "../../view/resource";
import { undecided, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { unknown } from "../../view/values";
import { placeOf } from "../../documents/judgeStatements";

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
      const bounding = new Set<Resource>();
      for (const role of stack.ofType(types.role)) {
        const grants = byRole.get(role.urn) ?? [];
        const boundaries = stack
          .referred(role, "permissionsBoundary")
          .filter(({ type }) => type === types.managedPolicy);
        if (grants.length > 0 && boundaries.length === 0 && role.props["permissionsBoundary"] === unknown)
          yield { ...undecided("permissionsBoundary"), urn: role.urn };
        for (const boundary of boundaries) bounding.add(boundary);
        for (const boundary of boundaries) {
          const reading = readDocument(boundary.props["policy"]);
          if (reading.state === "unknown" && grants.length > 0)
            yield { ...undecided("policy"), urn: boundary.urn };
          else if (reading.state === "document") yield* checkGrants(grants, reading.document);
        }
      }
      yield* checkOpen(stack, bounding);
    },
  },
};

/** Policies of which it is not known yet whether a role under one of the boundaries gets them. */
function* checkOpen(stack: Stack, bounding: ReadonlySet<Resource>): Iterable<StackFinding> {
  const open = grantsOf(stack, { boundaries: [] }).filter((grant) => grant.open && grant.roles.length === 0);
  for (const { props } of bounding) {
    const reading = readDocument(props["policy"]);
    if (reading.state !== "document") continue;
    for (const grant of open)
      for (const { urn } of checkGrants([grant], reading.document))
        yield { ...(urn === undefined ? {} : { urn }), undecided: true, message: unknownHolder };
  }
}

function* checkGrants(grants: readonly Grant[], boundary: PolicyDocument): Iterable<StackFinding> {
  for (const { resource, documents } of grants) {
    const { urn } = resource;
    for (const { property, value } of documents) {
      if (readDocument(value).state === "unknown") yield { ...undecided(property), urn };
      for (const statement of statementsOf(value)) {
        if (statement.effect === "Deny") continue;
        const held = statement.effect === "Allow" ? heldBack(statement, boundary) : undefined;
        if (held !== undefined) {
          const message = `${nameOf(statement)} allows ${held}, which the boundary does not`;
          yield { urn, property, message };
        } else if (mayBeHeldBack(statement, boundary)) {
          yield { ...undecided(placeOf(property, statement)), urn };
        }
      }
    }
  }
}

/** By boundary and statement: the same ones meet at every role of an account. */
const answers = new WeakMap<PolicyDocument, WeakMap<Statement, string | null>>();

/** May what is not known of the statement be something that the boundary does not allow? */
function mayBeHeldBack(
  { at, actions, resources, unknownParts }: Statement,
  boundary: PolicyDocument,
): boolean {
  if (hasUnknown(actions) || unknownParts.includes(`Statement[${at}]`)) return true;
  if (!hasUnknown(resources)) return false;
  return known(actions).some(
    (action) => !passes(action, somethingOf(action), boundary) || isDeniedSomewhere(action, boundary),
  );
}

/** A thing that no document names. */
function somethingOf(action: string): string {
  return `arn:aws:${action.split(":")[0]}:unknown:000000000000:unknown`;
}

/** Is the action held back on some things, by a denial or by an allow that leaves them out? */
function isDeniedSomewhere(action: string, { statements }: PolicyDocument): boolean {
  return statements.some(
    (statement) =>
      includesAction(statement, action) &&
      (statement.effect === "Deny" ? statement.conditions.length === 0 : statement.notResources.length > 0),
  );
}

/** An action of the statement that the boundary allows on none of the resources it is for. */
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
  return known(statement.actions).find((action) => {
    const own = resources.filter((resource) => isFor(action, resource));
    return own.length > 0 && !own.some((resource) => passes(action, resource, boundary));
  });
}

/** Is the resource of the action's service? Statements often hold those of several. */
function isFor(action: string, resource: string): boolean {
  const [service = ""] = action.toLowerCase().split(":");
  const arn = parseArn(resource);
  return arn === undefined || hasWildcard(service) || overlap(arn.service, service);
}

function passes(action: string, resource: string, { statements }: PolicyDocument): boolean {
  const allowed = statements.some(
    (statement) =>
      statement.effect === "Allow" && meetsAction(statement, action) && meetsResource(statement, resource),
  );
  return allowed && !statements.some((statement) => denies(statement, action, resource));
}

/** Does the statement speak of anything that the pattern of actions covers? */
function meetsAction({ actions, notActions }: Statement, action: string): boolean {
  if (notActions.length > 0) return !known(notActions).some((one) => coversAction(one, action));
  return known(actions).some((one) => overlap(one.toLowerCase(), action.toLowerCase()));
}

function meetsResource({ resources, notResources }: Statement, resource: string): boolean {
  if (notResources.length > 0) return !known(notResources).some((one) => covers(one, resource));
  return known(resources).some((one) => overlapArns(one, resource));
}
