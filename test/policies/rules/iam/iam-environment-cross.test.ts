import { iamEnvironmentCross } from "../../../../policies/rules/iam/iam-environment-cross";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, prod, security, type StatementInput } from "../../support/program";

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:${security}:secret:${name}`;
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:${prod}:parameter/${name}`;
const role = (statement: StatementInput, more: object = { tags: { environment: "staging" } }): Program => [
  declare(
    "role",
    { name: "r", path: "/services/orders/", assumeRolePolicy: "{}", ...more },
    { name: "role" },
  ),
  declare("rolePolicy", { role: "r", policy: document(statement) }, { name: "policy" }),
];
const read = (Resource: unknown, Action: unknown = "secretsmanager:GetSecretValue"): StatementInput => ({
  Action,
  Resource,
});

testRule(iamEnvironmentCross, {
  passes: {
    "its own environment": role(
      read([secret("orders/staging/database-??????"), parameter("orders/staging/*")]),
    ),
    "a role without an environment": role(read(secret("orders/prod/database-??????")), {}),
    "the platform's own role": role(read(secret("*/prod/*")), {
      path: "/platform/",
      tags: { environment: "staging" },
    }),
    "a denial": role({ ...read(secret("orders/prod/*")), Effect: "Deny" }),
    "a name in no scheme": role(read(secret("legacy-AbCdEf"))),
    "other actions on everything": role(read("*", "ec2:DescribeVpcs")),
  },
  fails: {
    "tagging there, among others": {
      program: role(
        read(
          ["arn:aws:s3:::b", secret("orders/prod/x-??????")],
          ["s3:PutObjectTagging", "secretsmanager:TagResource"],
        ),
      ),
      at: "policy statement 1 reaches values of prod",
    },

    "another environment": {
      program: role(read(secret("orders/prod/database-??????"))),
      at: "policy statement 1 reaches values of prod, and the role is of staging",
      on: "policy",
    },
    "every environment": {
      program: role(read(parameter("orders/*/log-level"), "ssm:GetParameter")),
      at: "policy statement 1 reaches values of every environment, and the role",
    },
    "writing there": {
      program: role(read(secret("orders/prod/database-??????"), "secretsmanager:PutSecretValue")),
      at: "policy statement 1 reaches values of prod",
    },
    "tagging there": {
      program: role(read(secret("orders/prod/database-??????"), "secretsmanager:TagResource")),
      at: "policy statement 1 reaches values of prod",
    },
    everything: { program: role(read("*")), at: "policy statement 1 reaches values of every environment" },
    "everything but something": {
      program: role({ Action: "ssm:GetParameter", NotResource: parameter("orders/prod/x") }),
      at: "policy statement 1 reaches values of every environment but some",
    },
    "inside the role": {
      program: declare("role", {
        tags: { environment: "staging" },
        assumeRolePolicy: "{}",
        inlinePolicies: [
          { name: "p", policy: JSON.stringify({ Statement: read(secret("orders/prod/a-??????")) }) },
        ],
      }),
      at: "inlinePolicies[0].policy statement 1 reaches values of prod",
    },
  },
  undecided: {
    "the resource": { program: role(read(later)), at: "policy.Statement[0].Resource is not known" },
  },
});
