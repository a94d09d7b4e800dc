import { parseArn } from "../../documents/arn";
import type { Statement, Text } from "../../documents/document";
import { readDocument, statementsOf } from "../../documents/read";
import { hasUnknown, includesAction, nameOf } from "../../documents/statements";
import { escalatingAlone, escalatingTogether, escalatingUnlessByTag } from "../../../model/aws/escalations";
import { unknownHolder } from "../../iam/grantOwners";
import { isAnyOfKind, namesResources } from "../../iam/resources";
import { grantsByRole, grantsOf, type Grant } from "../../iam/grants";
import { undecided, type Rule, type StackFinding } from "../rule";
import { unknown } from "../../view/values";

export const iamPrivilegeEscalation: Rule = {
  id: "iam-privilege-escalation",
  title: "No role can give itself more permissions",
  why: "With any of these actions on resources of one's choice a narrow role becomes an administrator",
  remedy: "Name the roles, policies or functions the action is needed for, or leave it to the deployer",
  severity: "critical",
  level: "mandatory",
  references: ["Checkov CKV_AWS_286", "Cloudsplaining privilege escalation"],
  settings: ["boundaries"],
  stack: {
    *check(stack, settings): Iterable<StackFinding> {
      for (const grant of grantsOf(stack, settings)) yield* checkAlone(grant);
      const open = grantsOf(stack, settings).filter((grant) => grant.open && grant.roles.length === 0);
      for (const [urn, grants] of grantsByRole(stack)) yield* checkRole(urn, grants, open);
      for (const grants of grantsElsewhere(grantsOf(stack, settings))) {
        const [first] = grants;
        if (first !== undefined) yield* checkRole(first.resource.urn, grants, open);
      }
    },
  },
};

function* checkAlone({ resource, documents }: Grant): Iterable<StackFinding> {
  for (const { property, value } of documents) {
    if (readDocument(value).state === "unknown") yield { ...undecided(property), urn: resource.urn };
    for (const statement of statementsOf(value)) {
      const action = isOpen(statement) ? escalationIn(statement) : undefined;
      if (action !== undefined) {
        yield {
          urn: resource.urn,
          property,
          message: `${nameOf(statement)} allows ${action} on resources of one's choice`,
        };
      } else if (isUndecided(statement)) {
        yield { ...undecided(`${property}.Statement[${statement.at}]`), urn: resource.urn };
      }
    }
  }
}

function* checkTogether(urn: string, grants: readonly Grant[]): Iterable<StackFinding> {
  const statements = grants
    .flatMap(({ documents }) => documents.flatMap(({ value }) => statementsOf(value)))
    .filter(({ effect }) => effect === "Allow");
  // What is enough alone was reported by itself.
  const open = statements.filter(
    (statement) => isOpen(statement) && !namesResources(statement) && escalationIn(statement) === undefined,
  );
  const passing = statements.filter(isOpen).some((statement) => includesAction(statement, passRole));
  const set = escalatingTogether.find((actions) => {
    const hands = actions.includes(passRole);
    const within = hands ? statements : open;
    return (
      (passing || !hands) && actions.every((action) => within.some((one) => includesAction(one, action)))
    );
  });
  if (set === undefined) return;
  const on = set.includes(passRole) ? "with a role of one's choice" : "on resources of one's choice";
  yield { urn, message: `together its policies allow ${set.join(" and ")} ${on}` };
}

/** By role that is not in the stack; each grant alone that goes to no role by name. */
function grantsElsewhere(grants: readonly Grant[]): Iterable<readonly Grant[]> {
  const byRole = new Map<string, Grant[]>();
  for (const grant of grants.filter(({ roles }) => roles.length === 0)) {
    const names = grant.elsewhere.length > 0 ? grant.elsewhere : [grant.resource.urn];
    for (const name of names) byRole.set(name, [...(byRole.get(name) ?? []), grant]);
  }
  return byRole.values();
}

/** With what may be the role's as well, while it is not known whose it is. */
function* checkRole(urn: string, grants: readonly Grant[], open: readonly Grant[]): Iterable<StackFinding> {
  const found = [...checkTogether(urn, grants)];
  yield* found;
  if (found.length > 0 || open.length === 0) return;
  if ([...checkTogether(urn, [...grants, ...open])].length > 0)
    yield { urn, undecided: true, message: unknownHolder };
}

const passRole = "iam:PassRole";

/** What is enough alone, on resources of one's choice: some of it not where tags say which these are. */
function escalationIn(statement: Statement): string | undefined {
  const actions = namesResources(statement)
    ? escalatingAlone
    : [...escalatingAlone, ...escalatingUnlessByTag];
  return actions.find((action) => includesAction(statement, action));
}

/** On any role, policy, user or function. */
function isOpen(statement: Statement): boolean {
  if (statement.effect !== "Allow") return false;
  return statement.notResources.length > 0 || statement.resources.some(isAny);
}

function isAny(resource: Text): boolean {
  return resource !== unknown && isAnyOfKind(parseArn(resource)?.resource ?? resource);
}

/** An escalating action on something unknown, or an unknown action on anything. */
function isUndecided(statement: Statement): boolean {
  if (statement.effect === "Deny") return false;
  const escalates = escalationIn(statement) !== undefined;
  const onUnknown = escalates && (hasUnknown(statement.resources) || statement.effect === unknown);
  return onUnknown || (hasUnknown(statement.actions) && statement.resources.some(isAny));
}
