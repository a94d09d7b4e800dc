import { iamAdmin } from "../../../../policies/rules/iam/iam-admin";
import { testRule } from "../../support/cases";
import { declare, document, later, policy } from "../../support/program";

const admin = policy({ Action: "*", Resource: "*" });
const trust = policy({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } });

testRule(iamAdmin, {
  passes: {
    "some actions on everything": declare("rolePolicy", {
      role: "r",
      policy: policy({ Action: "ec2:Describe*", Resource: "*" }),
    }),
    "everything on a bucket": declare("rolePolicy", {
      role: "r",
      policy: policy({ Action: "*", Resource: "arn:aws:s3:::b" }),
    }),
    "a deny of everything": declare("rolePolicy", {
      role: "r",
      policy: policy({ Effect: "Deny", Action: "*", Resource: "*" }),
    }),
    "known actions on something unknown": declare("rolePolicy", {
      role: "r",
      policy: document({ Action: "s3:GetObject", Resource: later }),
    }),
  },
  fails: {
    "on a role": {
      program: declare("rolePolicy", { role: "r", policy: admin }),
      at: "policy statement 1 allows every action",
    },
    "inside a role, alone": {
      program: declare("role", { assumeRolePolicy: trust, inlinePolicies: [{ name: "b", policy: admin }] }),
      at: "inlinePolicies[0].policy statement 1 allows every action",
    },
    "in a managed policy": { program: declare("managedPolicy", { policy: admin }), at: "policy statement 1" },
    "on a user": { program: declare("userPolicy", { user: "u", policy: admin }), at: "policy statement 1" },
    "on a group": {
      program: declare("groupPolicy", { group: "g", policy: admin }),
      at: "policy statement 1",
    },
    "in a permission set": {
      program: declare("permissionSetPolicy", {
        instanceArn: "i",
        permissionSetArn: "p",
        inlinePolicy: admin,
      }),
      at: "inlinePolicy statement 1",
    },
    "written otherwise": {
      program: declare("managedPolicy", {
        policy: '{"statement":{"effect":"allow","action":["*:*"],"resource":["arn:aws:*:*:*:*"]}}',
      }),
      at: "policy statement 1",
    },
  },
  undecided: {
    "the policy": { program: declare("managedPolicy", { policy: later }), at: "policy is not known" },
    "the actions": {
      program: declare("managedPolicy", { policy: document({ Action: [later], Resource: "*" }) }),
      at: "policy.Statement[0].Action[0] is not known",
    },
    "the resources": {
      program: declare("managedPolicy", { policy: document({ Action: "*", Resource: later }) }),
      at: "policy.Statement[0].Resource is not known",
    },
    "the effect": {
      program: declare("managedPolicy", { policy: document({ Effect: later, Action: "*", Resource: "*" }) }),
      at: "policy.Statement[0].Effect is not known",
    },
  },
});
