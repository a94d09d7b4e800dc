import { keyChoice } from "../../view/keys";
import { finding, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";

export const buildCmk: Rule = {
  id: "build-cmk",
  title: "A build project's output is encrypted with a customer-managed key",
  why: "Artifacts and caches can hold what the build was given; the key AWS manages is open to the whole account",
  remedy: "Set `encryptionKey` to a key of your own",
  severity: "medium",
  level: "mandatory",
  references: ["Checkov CKV_AWS_147"],
  resource: {
    types: [types.buildProject],
    *check({ props }): Iterable<Finding> {
      const choice = keyChoice(props["encryptionKey"]);
      if (choice === "none")
        yield finding("encryptionKey", "is missing, so the key that AWS manages is used");
      else if (choice === "aws-managed") yield finding("encryptionKey", "names a key that AWS manages");
    },
  },
};
