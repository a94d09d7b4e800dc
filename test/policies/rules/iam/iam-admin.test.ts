import { iamAdmin } from "../../../../policies/rules/iam/iam-admin";
import { testRule } from "../../support/cases";
import type { RegisteredResource } from "../../../../policies/pack/evaluate";
import { types } from "../../../../policies/view/types";
import { declare, document, later, other, policy, prod } from "../../support/program";

const admin = policy({ Action: "*", Resource: "*" });
const trust = policy({ Action: "sts:AssumeRole", Principal: { Service: "lambda.amazonaws.com" } });

const administrator = "arn:aws:iam::aws:policy/AdministratorAccess";
const attached = (policyArn: string): RegisteredResource =>
  declare("rolePolicyAttachment", { role: "r", policyArn });
const narrow = declare("managedPolicy", { policy: policy({ Action: "ec2:DescribeVpcs", Resource: "*" }) });
const elsewhere = declare("topic", {});

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
    "AWS's policy for a function's log": attached(
      "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
    ),
    "a policy of one's own that is called like AWS's": attached(
      `arn:aws:iam::${prod}:policy/AdministratorAccess`,
    ),
    "a policy of the program, not known yet": [
      narrow,
      declare("rolePolicyAttachment", { role: "r", policyArn: later }, { from: { policyArn: [narrow] } }),
    ],
    "AWS's policy as a boundary": declare("role", {
      assumeRolePolicy: trust,
      permissionsBoundary: administrator,
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
    "AWS's own": { program: attached(administrator), at: "policyArn statement 1 allows every action" },
    ...Object.fromEntries(
      ["AdministratorAccess-Amplify", "AdministratorAccess-AWSElasticBeanstalk"].map((name) => [
        `AWS's own for applications: ${name}`,
        {
          program: attached(`arn:aws:iam::aws:policy/${name}`),
          at: `policyArn is AWS's ${name}, which makes an administrator`,
        },
      ]),
    ),
    "AWS's own for applications, in a role's list": {
      program: declare("role", {
        assumeRolePolicy: trust,
        managedPolicyArns: [
          "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
          "arn:aws-us-gov:iam::aws:policy/AdministratorAccess-AWSElasticBeanstalk",
        ],
      }),
      at: "managedPolicyArns[1] is AWS's AdministratorAccess-AWSElasticBeanstalk",
    },
    "AWS's own, in China": {
      program: attached("arn:aws-cn:iam::aws:policy/AdministratorAccess"),
      at: "policyArn",
    },
    "AWS's own, by name": { program: attached("AdministratorAccess"), at: "policyArn" },
    "AWS's own, in a role's list": {
      program: declare("role", { assumeRolePolicy: trust, managedPolicyArns: ["arn:x", administrator] }),
      at: "managedPolicyArns[1] statement 1",
    },
    "AWS's own, to several at once": {
      program: declare("policyAttachment", { policyArn: administrator, users: ["u"] }),
      at: "policyArn statement 1",
    },
    "AWS's own, in a role's whole list": {
      program: other(types.rolePolicyAttachments, { roleName: "r", policyArns: [administrator] }),
      at: "policyArns[0] statement 1",
    },
    "AWS's own, to a user": {
      program: other(types.userPolicyAttachment, { user: "u", policyArn: administrator }),
      at: "policyArn statement 1",
    },
    "AWS's own, in a group's whole list": {
      program: other(types.groupPolicyAttachments, { groupName: "g", policyArns: [administrator] }),
      at: "policyArns[0] statement 1",
    },
    "AWS's own, in a permission set": {
      program: other(types.permissionSetAwsAttachment, { managedPolicyArn: administrator }),
      at: "managedPolicyArn statement 1",
    },
    "AWS's own, in a permission set's whole list": {
      program: other(types.permissionSetAwsAttachments, { managedPolicyArns: [administrator] }),
      at: "managedPolicyArns[0] statement 1",
    },
    "written otherwise": {
      program: declare("managedPolicy", {
        policy: '{"statement":{"effect":"allow","action":["*:*"],"resource":["arn:aws:*:*:*:*"]}}',
      }),
      at: "policy statement 1",
    },
  },
  undecided: {
    "what is attached": {
      program: [
        elsewhere,
        declare(
          "rolePolicyAttachment",
          { role: "r", policyArn: later },
          { from: { policyArn: [elsewhere] } },
        ),
      ],
      at: "policyArn is not known",
    },
    "what is attached beside": {
      program: other(types.rolePolicyAttachments, { roleName: "r", policyArns: ["arn:x", later] }),
      at: "policyArns[1] is not known",
    },
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
