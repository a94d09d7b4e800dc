import { iamEnvironmentCross } from "../../../../policies/rules/iam/iam-environment-cross";
import { testRule, type Program } from "../../support/cases";
import { types } from "../../../../policies/view/types";
import { declare, document, later, other, prod, security, type StatementInput } from "../../support/program";

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

/** A policy for a role that the program only names. */
const named = (name: string, statement: StatementInput): Program =>
  declare("rolePolicy", { role: name, policy: document(statement) }, { name: "policy" });
const ofProd = read(secret("orders/prod/database-??????"));
const managed = declare("managedPolicy", { policy: document(ofProd) }, { outputs: { arn: "arn:p" } });
const outsider = declare("topic", {});

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
    "a role elsewhere, of the same environment": named("orders-prod-worker", ofProd),
    "a role elsewhere whose name tells nothing": named("worker", ofProd),
    "a role elsewhere, of the platform": named(
      "arn:aws:iam::333333333333:role/platform/orders-staging-x",
      ofProd,
    ),
    "a service that is called like an environment": named(
      "test-prod-worker",
      read(secret("test/prod/a-??????")),
    ),
    "a policy that is not known to be attached": managed,
    "other actions on everything": role(read("*", "ec2:DescribeVpcs")),
  },
  fails: {
    "a role of the stack that only its name places": {
      program: declare("role", {
        name: "orders-staging-api",
        assumeRolePolicy: document(),
        inlinePolicies: [{ name: "read", policy: document(ofProd) }],
      }),
      at: "inlinePolicies[0].policy statement 1",
    },
    "a role of the stack that only its name places, by its list": {
      program: [
        managed,
        declare("role", {
          name: "orders-staging-api",
          assumeRolePolicy: document(),
          managedPolicyArns: ["arn:p"],
        }),
      ],
      at: "policy statement 1",
    },
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
    "for a role elsewhere, by name": {
      program: named("orders-staging-worker", ofProd),
      at: "policy statement 1 reaches values of prod, and the role is of staging",
    },
    "for a role elsewhere, by ARN": {
      program: named("arn:aws:iam::222222222222:role/services/orders/orders-staging-worker-task", ofProd),
      at: "policy statement 1 reaches values of prod, and the role is of staging",
    },
    "attached to a role elsewhere": {
      program: [managed, declare("rolePolicyAttachment", { role: "orders-dev-api", policyArn: "arn:p" })],
      at: "policy statement 1 reaches values of prod, and the role is of dev",
      on: "managedPolicy",
    },
    "attached to one of several roles elsewhere": {
      program: [
        managed,
        declare("policyAttachment", { roles: ["orders-prod-api", "orders-qa-api"], policyArn: "arn:p" }),
      ],
      at: "policy statement 1 reaches values of prod, and the role is of qa",
    },
    "attached in a role elsewhere's whole list": {
      program: [
        managed,
        other(types.rolePolicyAttachments, { roleName: "orders-qa-api", policyArns: ["arn:p"] }),
      ],
      at: "policy statement 1 reaches values of prod, and the role is of qa",
    },
    "by a role's name under its service's path": {
      program: role(ofProd, { name: "r", path: "/services/orders/", tags: { environment: "staging" } }),
      at: "policy statement 1 reaches values of prod, and the role is of staging",
    },
    "by a role's name, without tags": {
      program: [
        declare("role", { name: "orders-staging-api", path: "/services/orders/", assumeRolePolicy: "{}" }),
        declare("rolePolicy", { role: "orders-staging-api", policy: document(ofProd) }),
      ],
      at: "policy statement 1 reaches values of prod, and the role is of staging",
    },
    "by a policy that AWS manages": {
      program: [
        declare("role", { name: "r", tags: { environment: "staging" }, assumeRolePolicy: "{}" }),
        declare("rolePolicyAttachment", {
          role: "r",
          policyArn: "arn:aws:iam::aws:policy/SecretsManagerReadWrite",
        }),
      ],
      at: "policyArn statement 1 reaches values of every environment",
      on: "rolePolicyAttachment",
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
    "the role's tags": {
      program: [
        outsider,
        declare(
          "role",
          { name: "r", assumeRolePolicy: "{}", tags: later },
          { name: "role", from: { tags: [outsider] } },
        ),
        declare("rolePolicy", { role: "r", policy: document(ofProd) }),
      ],
      at: "tags is not known",
      on: "role",
    },
    "the role": {
      program: [
        outsider,
        declare("rolePolicy", { role: later, policy: document(ofProd) }, { from: { role: [outsider] } }),
      ],
      at: "whose role gets the policy is not known",
    },
    "what is tagged": {
      program: role(read(later, "secretsmanager:TagResource")),
      at: "policy.Statement[0].Resource is not known",
    },
    "the resource": { program: role(read(later)), at: "policy.Statement[0].Resource is not known" },
  },
});
