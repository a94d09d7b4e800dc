import { finding, undecided, type Finding, type Rule } from "../../rule";
import { types } from "../../types";
import { isPresent, textOf, unknown } from "../../values";

/** Where the roles of services live; their names are grants. */
const servicesPath = "/services/";

export const roleBoundary: Rule = {
  id: "role-boundary",
  title: "A service's role has a permissions boundary",
  why: "The boundary holds when a policy is attached to the role by hand, or too much is granted by mistake",
  remedy: "Set `permissionsBoundary` to the account's boundary policy",
  severity: "high",
  level: "mandatory",
  references: ["AWS IAM best practices: permissions boundaries"],
  resource: {
    types: [types.role],
    *check({ props }): Iterable<Finding> {
      // A boundary that is not known yet is there all the same.
      if (isPresent(props["permissionsBoundary"])) return;
      if (props["path"] === unknown) yield undecided("path");
      else if (textOf(props["path"])?.startsWith(servicesPath)) {
        yield finding("permissionsBoundary", `is missing, and the role is under ${servicesPath}`);
      }
    },
  },
};
