import { iamActionStar } from "../../../../policies/rules/iam/iam-action-star";
import { testRule } from "../../support/cases";
import { declare, document, later, policy } from "../../support/program";

const on = (text: string) => declare("managedPolicy", { policy: text });

testRule(iamActionStar, {
  passes: {
    "named actions": on(policy({ Action: ["s3:GetObject", "s3:List*"], Resource: "arn:aws:s3:::b/*" })),
    "a deny": on(policy({ Effect: "Deny", Action: "s3:*", Resource: "*" })),
  },
  fails: {
    "a service": {
      program: on(policy({ Action: "secretsmanager:*", Resource: "arn:aws:secretsmanager:::s" })),
      at: "policy statement 1 allows `secretsmanager:*`",
    },
    "a service among others": {
      program: on(policy({ Action: ["s3:GetObject", "kms:**"], Resource: "arn:aws:s3:::b" })),
      at: "policy statement 1 allows `kms:**`",
    },
    everything: {
      program: on(policy({ Action: "*", Resource: "arn:aws:s3:::b" })),
      at: "policy statement 1 allows `*`",
    },
    "in the second statement": {
      program: on(
        policy(
          { Action: "s3:GetObject", Resource: "arn:aws:s3:::b/*" },
          { Action: "s3:*", Resource: "arn:aws:s3:::b" },
        ),
      ),
      at: "policy statement 2 allows `s3:*`",
    },
  },
  undecided: {
    "an action": {
      program: on(document({ Action: ["s3:GetObject", later], Resource: "arn:aws:s3:::b" })),
      at: "policy.Statement[0].Action[1] is not known",
    },
    "the effect": {
      program: on(document({ Effect: later, Action: "s3:*", Resource: "arn:aws:s3:::b" })),
      at: "policy.Statement[0].Effect is not known",
    },
  },
});
