import { keyChoice } from "../../view/keys";
import { finding, type Rule } from "../rule";
import { types } from "../../view/types";

export const secretCmk: Rule = {
  id: "secret-cmk",
  title: "A secret is encrypted with a customer-managed key",
  why: "The key AWS manages has a policy nobody can change: every reader of the account may use it, and no other account can",
  remedy: "Set `kmsKeyId` to a key of your own",
  severity: "high",
  level: "mandatory",
  references: ["Checkov CKV_AWS_149", "cdk-nag SMG", "NIST 800-53 SC-12"],
  resource: {
    types: [types.secret],
    *check({ props }) {
      switch (keyChoice(props["kmsKeyId"])) {
        case "none":
          yield finding("kmsKeyId", "is missing, so the key that AWS manages encrypts the secret");
          break;
        case "aws-managed":
          yield finding("kmsKeyId", "names a key that AWS manages");
          break;
        case "customer-managed":
      }
    },
  },
};
