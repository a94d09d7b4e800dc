import { finding, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { isPresent } from "../../view/values";

/** A value behind any of these is in the program or its state, whether or not it is known in a preview. */
const valueProperties = ["secretString", "secretStringWo", "secretBinary"];

export const secretValueInCode: Rule = {
  id: "secret-value-in-code",
  title: "A secret's value does not come from the program",
  why: "What a program gives is in its source or in Pulumi's state, write-only properties included, and is put back at the next update after a rotation",
  remedy: "Create the secret without a value and let its rotation, or `npx platform set`, write it",
  severity: "critical",
  level: "mandatory",
  references: ["OWASP Secrets Management 2.1", "CWE-798"],
  resource: {
    types: [types.secretVersion],
    *check({ props }): Iterable<Finding> {
      for (const property of valueProperties) {
        if (isPresent(props[property])) yield finding(property, "is given in the program");
      }
    },
  },
};
