import { secretBlockPublic } from "../../../../policies/rules/secretsmanager/secret-block-public";
import { testRule } from "../../support/cases";
import { declare, later } from "../../support/program";

const policy = (blockPublicPolicy?: boolean) =>
  declare("secretPolicy", {
    secretArn: "orders/prod/database",
    policy: "{}",
    ...(blockPublicPolicy === undefined ? {} : { blockPublicPolicy }),
  });

testRule(secretBlockPublic, {
  passes: { on: policy(true), "a secret without a policy of its own": declare("secret", {}) },
  fails: {
    "left to the default": { program: policy(), at: "blockPublicPolicy is off" },
    off: { program: policy(false), at: "blockPublicPolicy is off" },
    "a policy where nothing blocks": {
      program: declare("secret", { policy: "{}" }),
      at: "policy is given on the secret",
    },
  },
  undecided: { "whether it is on": { program: policy(later), at: "blockPublicPolicy is not known" } },
});
