import { checkTags } from "../../credentials/tags";
import { checkVariable } from "../../credentials/environment";
import { undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { objectOf, unknown } from "../../view/values";

export const functionEnvSecret: Rule = {
  id: "function-env-secret",
  title: "A function's environment holds no credential",
  why: "Environment variables are shown by GetFunctionConfiguration, stay in old versions, and do not rotate",
  remedy: "Read the secret at run time with the function's own role",
  severity: "critical",
  level: "mandatory",
  references: ["Checkov CKV_AWS_45", "CIS AWS Compute 1.0 4.3"],
  resource: {
    types: [types.function],
    *check({ props }): Iterable<Finding> {
      yield* checkTags(props);
      if (props["environment"] === unknown) {
        yield undecided("environment");
        return;
      }
      const variables = objectOf(props["environment"])["variables"];
      if (variables === unknown) {
        yield undecided("environment.variables");
        return;
      }
      for (const [name, value] of Object.entries(objectOf(variables))) {
        yield* checkVariable(`environment.variables.${name}`, name, value);
      }
    },
  },
};
