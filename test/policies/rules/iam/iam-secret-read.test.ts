import { iamSecretRead } from "../../../../policies/rules/iam/iam-secret-read";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, policy, prod, security, type StatementInput } from "../../support/program";

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:${security}:secret:${name}`;
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:${prod}:parameter/${name}`;
const read = (Resource: unknown, more: StatementInput = {}): StatementInput => ({
  Action: ["secretsmanager:GetSecretValue", "ssm:GetParameters"],
  Resource,
  ...more,
});
/** A role of orders in production, with one inline policy. */
const orders = (statement: StatementInput, path = "/services/orders/"): Program => [
  declare("role", { name: "r", path, assumeRolePolicy: "{}" }, { name: "role" }),
  declare("rolePolicy", { role: "r", policy: document(statement) }, { name: "policy" }),
];

/** A policy for a role that the program only names. */
const named = (name: string, statement: StatementInput): Program =>
  declare("rolePolicy", { role: name, policy: document(statement) }, { name: "policy" });
const vault = read(secret("payments/prod/card-vault-??????"));
const managed = declare("managedPolicy", { policy: document(vault) }, { outputs: { arn: "arn:p" } });
const outsider = declare("topic", {});
const attached = (name: string): Program =>
  declare("rolePolicyAttachment", { role: "r", policyArn: `arn:aws:iam::aws:policy/${name}` });

testRule(iamSecretRead, {
  settings: {
    sharing: [
      { owner: "catalog", item: "a", with: ["orders"] },
      { owner: "payments", item: "ledger", with: ["orders"] },
    ],
    branchReaders: ["/platform/*"],
  },
  passes: {
    "own items": orders(read([secret("orders/prod/database-??????"), parameter("orders/prod/log-level")])),
    "a branch of one's own environment": orders(read([secret("orders/prod/*"), parameter("orders/prod/*")])),
    "an item that is shared": orders(read(secret("payments/prod/ledger-??????"))),
    "own items, of a role elsewhere": named("payments-prod-api", vault),
    "an item that is shared, of a role elsewhere": named(
      "orders-prod-api",
      read(secret("payments/prod/ledger-??????")),
    ),
    "one service, of a role elsewhere whose name tells nothing": named("worker", vault),
    "everything, of the platform's own role elsewhere": named(
      `arn:aws:iam::${prod}:role/platform/break-glass`,
      read("*"),
    ),
    "a policy that AWS manages for a function's log": attached("service-role/AWSLambdaBasicExecutionRole"),
    "a policy that AWS manages, of the platform's own role": [
      declare("role", { name: "r", path: "/platform/", assumeRolePolicy: "{}" }),
      attached("ReadOnlyAccess"),
    ].flat(),
    "a secret in no scheme": orders(read(secret("legacy-password-AbCdEf"))),
    "a secret that RDS makes": orders(read(secret("rds!cluster-1234-AbCdEf"))),
    "the platform's own role": orders(read("*"), "/platform/"),
    "a denial": orders(read("*", { Effect: "Deny" })),
    "describing every secret": orders(read("*", { Action: "secretsmanager:DescribeSecret" })),
    "reading a bucket": orders(read("arn:aws:s3:::bucket/*", { Action: "s3:GetObject" })),
    "a policy by itself, for one service": declare("managedPolicy", {
      policy: policy(read(secret("orders/prod/a-??????"))),
    }),
    "a boundary, which gives nothing": (() => {
      const boundary = declare("managedPolicy", { policy: policy(read(secret("*"))) });
      return [
        boundary,
        declare(
          "role",
          { assumeRolePolicy: "{}", permissionsBoundary: later },
          { from: { permissionsBoundary: [boundary] } },
        ),
      ];
    })(),
  },
  fails: {
    "a platform's policy that a service's role has as well": {
      program: [
        declare("managedPolicy", { policy: policy(read("*")) }, { outputs: { arn: "arn:p" } }),
        declare(
          "role",
          { name: "p", path: "/platform/", assumeRolePolicy: "{}", managedPolicyArns: ["arn:p"] },
          { name: "p" },
        ),
        declare("role", {
          name: "r",
          path: "/services/orders/",
          assumeRolePolicy: "{}",
          managedPolicyArns: ["arn:p"],
        }),
      ],
      at: "policy statement 1 lets read values of every service",
    },

    "a role elsewhere, by name": {
      program: named("orders-prod-api", vault),
      at: "policy statement 1 lets read values of payments, which does not share them with orders",
    },
    "a role elsewhere, by ARN": {
      program: named(`arn:aws:iam::${prod}:role/services/orders/x`, vault),
      at: "policy statement 1 lets read values of payments, which does not share them with orders",
    },
    "attached to a role elsewhere": {
      program: [managed, declare("rolePolicyAttachment", { role: "orders-prod-api", policyArn: "arn:p" })],
      at: "policy statement 1 lets read values of payments",
      on: "managedPolicy",
    },
    "attached to roles of two services": {
      program: [
        managed,
        declare("policyAttachment", { roles: ["payments-prod-api", "orders-prod-api"], policyArn: "arn:p" }),
      ],
      at: "policy statement 1 lets read values of payments, which does not share them with orders",
    },
    ...Object.fromEntries(
      [
        "AdministratorAccess",
        "PowerUserAccess",
        "SecretsManagerReadWrite",
        "AWSSecretsManagerClientReadOnlyAccess",
        "AmazonSSMFullAccess",
        "AmazonSSMReadOnlyAccess",
        "AmazonSSMManagedInstanceCore",
        "ReadOnlyAccess",
        "service-role/AmazonEC2RoleforSSM",
      ].map((name) => [
        `AWS's ${name}`,
        { program: attached(name), at: "policyArn statement 1 lets read value" },
      ]),
    ),
    everything: {
      program: orders(read("*")),
      at: "policy statement 1 lets read values of every service",
      on: "policy",
    },
    "every secret": {
      program: orders(read(secret("*"))),
      at: "policy statement 1 lets read values of every service",
    },
    "every secret that RDS makes": {
      program: orders(read(secret("rds!*"))),
      at: "policy statement 1 lets read values of every service",
    },
    "every service's secret of a name": {
      program: orders(read(secret("*/prod/database-??????"))),
      at: "policy statement 1 lets read values of every service",
    },
    "secrets that begin alike": {
      program: orders(read(secret("ord*/prod/database-??????"))),
      at: "policy statement 1 lets read values of every service",
    },
    "every environment": {
      program: orders(read(parameter("orders/*"))),
      at: "policy statement 1 lets read values of every environment of orders",
    },
    "another service": {
      program: orders(read(secret("payments/prod/card-vault-??????"))),
      at: "policy statement 1 lets read values of payments, which does not share them with orders",
    },
    "everything but something": {
      program: orders({ Action: "ssm:GetParametersByPath", NotResource: parameter("payments/*") }),
      at: "policy statement 1 lets read every value but some",
    },
    "two services in a policy by itself": {
      program: declare("managedPolicy", {
        policy: policy(read([secret("orders/prod/a-??????"), secret("catalog/prod/b-??????")])),
      }),
      at: "policy statement 1 lets read values of catalog",
    },
    "by all actions of a service": {
      program: orders(read("*", { Action: "secretsmanager:*" })),
      at: "policy statement 1 lets read values of every service",
    },
    history: {
      program: orders(read(parameter("payments/prod/limit"), { Action: "ssm:GetParameterHistory" })),
      at: "policy statement 1 lets read values of payments",
    },
    "through an attached policy": {
      program: [
        declare(
          "managedPolicy",
          { policy: policy(read(secret("payments/prod/card-vault-??????"))) },
          { outputs: { arn: "arn:p" } },
        ),
        declare("role", {
          name: "r",
          path: "/services/orders/",
          assumeRolePolicy: "{}",
          managedPolicyArns: ["arn:p"],
        }),
      ],
      at: "policy statement 1 lets read values of payments, which does not share them with orders",
    },
  },
  undecided: {
    "the role": {
      program: [
        outsider,
        declare("rolePolicy", { role: later, policy: document(vault) }, { from: { role: [outsider] } }),
      ],
      at: "whose role gets the policy is not known",
    },
    "the role's path": {
      program: [
        outsider,
        declare(
          "role",
          { name: "r", path: later, assumeRolePolicy: "{}" },
          { name: "role", from: { path: [outsider] } },
        ),
        declare("rolePolicy", { role: "r", policy: document(vault) }),
      ],
      at: "path is not known",
      on: "role",
    },
    "what is attached": {
      program: [
        outsider,
        managed,
        declare("rolePolicyAttachment", { role: "r", policyArn: later }, { from: { policyArn: [outsider] } }),
      ],
      at: "whose role gets the policy is not known",
    },
    "the resource": { program: orders(read([later])), at: "policy.Statement[0].Resource[0] is not known" },
    "the policy": {
      program: [
        declare("role", { name: "r", assumeRolePolicy: "{}" }, { name: "role" }),
        declare(
          "managedPolicy",
          { policy: later },
          { from: { policy: [declare("role", { assumeRolePolicy: "{}" }, { name: "role" })] } },
        ),
      ],
      at: "policy is not known",
    },
  },
});
