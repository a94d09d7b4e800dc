import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { isPresent, unknown } from "../../view/values";

const valueProperties = ["value", "valueWo", "insecureValue"];

export const parameterValueInCode: Rule = {
  id: "parameter-value-in-code",
  title: "A SecureString's value does not come from the program",
  why: "What a program gives is in its source or in Pulumi's state, write-only properties included",
  remedy:
    "Make the parameter with this platform's ExpiringParameter and supply the value with `npx platform set`",
  severity: "critical",
  level: "mandatory",
  references: ["OWASP Secrets Management 2.1", "CWE-798"],
  resource: {
    types: [types.parameter],
    *check({ props }): Iterable<Finding> {
      const given = valueProperties.filter((property) => isPresent(props[property]));
      if (props["type"] === "SecureString") {
        for (const property of given) yield finding(property, "is given in the program");
      } else if (props["type"] === unknown && given.length > 0) yield undecided("type");
    },
  },
};
