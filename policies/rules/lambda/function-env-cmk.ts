import { keyChoice } from "../../view/keys";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { objectOf, unknown } from "../../view/values";

export const functionEnvCmk: Rule = {
  id: "function-env-cmk",
  title: "A function's environment is encrypted with a customer-managed key",
  why: "Under the key AWS manages everyone who may describe functions reads the environment, and nobody sees it in the key's trail",
  remedy: "Set `kmsKeyArn` to a key of your own",
  severity: "medium",
  level: "mandatory",
  references: ["Checkov CKV_AWS_173"],
  resource: {
    types: [types.function],
    *check({ props }): Iterable<Finding> {
      const choice = keyChoice(props["kmsKeyArn"]);
      if (choice === "customer-managed") return;
      const variables = objectOf(props["environment"])["variables"];
      if (props["environment"] === unknown || variables === unknown) yield undecided("environment.variables");
      else if (Object.keys(objectOf(variables)).length === 0) return;
      else if (choice === "none")
        yield finding("kmsKeyArn", "is missing, and the function has an environment");
      else yield finding("kmsKeyArn", "names a key that AWS manages");
    },
  },
};
