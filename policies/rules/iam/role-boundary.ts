import { readsEverything } from "../../iam/boundaryReads";
import { managedByAws } from "../../iam/managedByAws";
import type { Resource } from "../../view/resource";
import { finding, undecided, type Finding, type Rule, type StackFinding } from "../rule";
import type { Stack } from "../../view/stack";
import { types } from "../../view/types";
import { isPresent, textOf, unknown, type Value } from "../../view/values";

/** Where the roles of services live; their names are grants. */
const servicesPath = "/services/";
const property = "permissionsBoundary";

export const roleBoundary: Rule = {
  id: "role-boundary",
  title: "A service's role has a permissions boundary that bounds what it reads",
  why: "The boundary holds when a policy is attached to the role by hand, or too much is granted by mistake",
  remedy: "Set `permissionsBoundary` to the account's boundary policy, and name in it what the services read",
  severity: "high",
  level: "mandatory",
  references: ["AWS IAM best practices: permissions boundaries"],
  resource: {
    types: [types.role],
    *check({ props }): Iterable<Finding> {
      // A boundary that is not known yet is there all the same.
      if (isPresent(props[property])) return;
      if (props["path"] === unknown) yield undecided("path");
      else if (isOfService(props["path"])) {
        yield finding(property, `is missing, and the role is under ${servicesPath}`);
      }
    },
  },
  stack: {
    types: [types.role],
    *check(stack): Iterable<StackFinding> {
      // The roles of an account share their boundary.
      const answers = new Map<Value, boolean>();
      const isOpen = (boundary: Value): boolean => {
        const answer = answers.get(boundary) ?? readsEverything(boundary);
        answers.set(boundary, answer);
        return answer;
      };
      for (const role of stack.ofType(types.role)) {
        const { urn, props } = role;
        const { path } = props;
        if (isOfService(path) && mayBeUnnamed(stack, role)) yield { ...undecided(property), urn };
        if ((path !== unknown && !isOfService(path)) || !boundariesOf(stack, role).some(isOpen)) continue;
        yield path === unknown
          ? { ...undecided("path"), urn }
          : { urn, property, message: "lets every value be read, and so bounds nothing" };
      }
    },
  },
};

function isOfService(path: Value): boolean {
  return textOf(path)?.startsWith(servicesPath) ?? false;
}

/** Is the boundary called like no policy of the stack, while the name of one is not known? */
function mayBeUnnamed(stack: Stack, role: Resource): boolean {
  const text = textOf(role.props[property]);
  if (text === undefined || text === "" || stack.called(text).length > 0 || managedByAws(text)) return false;
  return stack
    .ofType(types.managedPolicy)
    .some(({ props }) => props["name"] === unknown || props["path"] === unknown);
}

/** Documents of the role's boundary: of the stack, or AWS's own; none of one that is elsewhere. */
function boundariesOf(stack: Stack, role: Resource): readonly Value[] {
  const own = stack.referred(role, property).filter(({ type }) => type === types.managedPolicy);
  return own.length > 0 ? own.map(({ props }) => props["policy"]) : [managedByAws(role.props[property])];
}
