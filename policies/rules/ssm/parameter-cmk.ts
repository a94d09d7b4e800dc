import { keyChoice } from "../../view/keys";
import { finding, undecided, type Finding, type Rule } from "../rule";
import { types } from "../../view/types";
import { unknown } from "../../view/values";

export const parameterCmk: Rule = {
  id: "parameter-cmk",
  title: "A SecureString is encrypted with a customer-managed key",
  why: "The key AWS manages lets every principal that may read parameters decrypt them, and cannot be shared",
  remedy: "Set `keyId` to a key of your own",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV_AWS_337"],
  resource: {
    types: [types.parameter, types.expiringParameter],
    *check({ type: resourceType, props }): Iterable<Finding> {
      const type = resourceType === types.expiringParameter ? "SecureString" : props["type"];
      if (type !== "SecureString" && type !== unknown) return;
      const choice = keyChoice(props["keyId"]);
      if (choice === "customer-managed") return;
      if (type === unknown) yield undecided("type");
      else if (choice === "none")
        yield finding("keyId", "is missing, so the key that AWS manages encrypts the parameter");
      else yield finding("keyId", "names a key that AWS manages");
    },
  },
};
