import { iamNotElements } from "../../../../policies/rules/iam/iam-not-elements";
import { testRule } from "../../support/cases";
import { declare, document, later, policy, security } from "../../support/program";

const root = { AWS: `arn:aws:iam::${security}:root` };
const notPrincipal = policy({ NotPrincipal: root, Action: "kms:Decrypt", Resource: "*" });

testRule(iamNotElements, {
  passes: {
    "an allow by name": declare("rolePolicy", {
      role: "r",
      policy: policy({ Action: "s3:GetObject", Resource: "arn:aws:s3:::b" }),
    }),
    "denials by exception": declare("managedPolicy", {
      policy: policy(
        { Effect: "Deny", NotAction: "s3:GetObject", Resource: "*" },
        { Effect: "Deny", Action: "s3:GetObject", NotResource: "arn:aws:s3:::b" },
      ),
    }),
    "a trust by name": declare("role", {
      assumeRolePolicy: policy({ Action: "sts:AssumeRole", Principal: root }),
    }),
  },
  fails: {
    NotAction: {
      program: declare("rolePolicy", { role: "r", policy: policy({ NotAction: "iam:*", Resource: "*" }) }),
      at: "policy statement 1 allows by NotAction",
    },
    NotResource: {
      program: declare("managedPolicy", {
        policy: policy({ Action: "s3:GetObject", NotResource: "arn:aws:s3:::b" }),
      }),
      at: "policy statement 1 allows by NotResource",
    },
    both: {
      program: declare("userPolicy", {
        user: "u",
        policy: policy({ NotAction: "iam:*", NotResource: "arn:aws:s3:::b" }),
      }),
      at: "policy statement 1 allows by NotAction and NotResource",
    },
    "NotPrincipal in a trust": {
      program: declare("role", {
        assumeRolePolicy: policy({ Action: "sts:AssumeRole", NotPrincipal: root }),
      }),
      at: "assumeRolePolicy statement 1 allows by NotPrincipal",
    },
    "NotPrincipal on a key": {
      program: declare("key", { policy: notPrincipal }),
      at: "policy statement 1 allows by NotPrincipal",
    },
    "NotPrincipal on a secret": {
      program: declare("secretPolicy", { secretArn: "a", policy: notPrincipal }),
      at: "policy statement 1 allows by NotPrincipal",
    },
    "NotPrincipal on a topic": {
      program: declare("topicPolicy", { arn: "a", policy: notPrincipal }),
      at: "policy statement 1 allows by NotPrincipal",
    },
    "inside a role": {
      program: declare("role", {
        assumeRolePolicy: policy({ Action: "sts:AssumeRole", Principal: root }),
        inlinePolicies: [{ name: "p", policy: policy({ NotAction: "iam:*", Resource: "*" }) }],
      }),
      at: "inlinePolicies[0].policy statement 1 allows by NotAction",
    },
  },
  undecided: {
    "whether it allows": {
      program: declare("managedPolicy", {
        policy: document({ Effect: later, NotAction: "iam:*", Resource: "*" }),
      }),
      at: "policy.Statement[0].Effect is not known",
    },
    "the policy": { program: declare("managedPolicy", { policy: later }), at: "policy is not known" },
  },
});
