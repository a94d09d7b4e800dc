import { roleConflict } from "../../../../policies/rules/iam/role-conflict";
import { listOf, testRule, type Program } from "../../support/cases";
import { declare, document, later, policy, type StatementInput } from "../../support/program";

const boundaryArn = "arn:aws:iam::333333333333:policy/platform/boundary";
const bound = (boundary: StatementInput[], ...granted: StatementInput[]): Program => [
  declare(
    "managedPolicy",
    { name: "boundary", policy: policy(...boundary) },
    { name: "boundary", outputs: { arn: boundaryArn } },
  ),
  declare("role", { name: "r", assumeRolePolicy: "{}", permissionsBoundary: boundaryArn }, { name: "role" }),
  declare("rolePolicy", { role: "r", policy: document(...granted) }, { name: "policy" }),
];
const logs = "arn:aws:logs:eu-west-1:333333333333:*";
const boundary: StatementInput[] = [
  { Action: ["logs:PutLogEvents", "logs:Create*"], Resource: logs },
  { Effect: "Deny", Action: "iam:*", Resource: "*" },
  { Action: ["iam:GetRole", "s3:*"], Resource: "*" },
  { Effect: "Deny", Action: "s3:GetObject", NotResource: "arn:aws:s3:::ours/*" },
];

const secret = (name: string) => `arn:aws:secretsmanager:eu-west-1:111111111111:secret:${name}`;
const parameter = (name: string) => `arn:aws:ssm:eu-west-1:333333333333:parameter/${name}`;
const read = ["secretsmanager:GetSecretValue", "ssm:GetParameter"];
const ofProd: StatementInput[] = [
  { Action: read, Resource: [secret("*/prod/*"), parameter("*/prod/*")] },
  { Action: "s3:GetObject", Resource: "*" },
];
const outsider = declare("topic", {});

testRule(roleConflict, {
  passes: {
    "a secret and a parameter within": bound(ofProd, {
      Action: read,
      Resource: [secret("orders/prod/database-??????"), parameter("orders/prod/level")],
    }),
    "a boundary that says what it leaves out": bound(
      [{ NotAction: "iam:*", NotResource: secret("root-*") }],
      { Action: read, Resource: secret("orders/prod/database-??????") },
    ),
    "a denial of all but some actions": bound(
      [
        { Action: "*", Resource: "*" },
        { Effect: "Deny", NotAction: ["s3:*"], Resource: "*" },
      ],
      { Action: "s3:GetObject", Resource: "arn:aws:s3:::a/*" },
    ),
    "sessions on instances": bound([{ Action: "ssm:*", Resource: "arn:aws:ec2:*:*:instance/*" }], {
      Action: "ssm:StartSession",
      Resource: "arn:aws:ec2:eu-west-1:333333333333:instance/i-1",
    }),
    "a policy of a role elsewhere": [
      ...listOf(bound(ofProd, { Action: "s3:GetObject", Resource: "*" })),
      declare("rolePolicy", { role: "else", policy: policy({ Action: "ec2:Run*", Resource: "*" }) }),
    ],
    "one resource of two within": bound(boundary, {
      Action: "logs:PutLogEvents",
      Resource: ["arn:aws:logs:eu-west-1:1:x", logs],
    }),
    "resources the boundary spares, of two it does": bound(
      [
        { Action: "s3:*", Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"] },
        { Effect: "Deny", Action: "s3:*", NotResource: ["arn:aws:s3:::a/*", "arn:aws:s3:::c/*"] },
      ],
      { Action: "s3:GetObject", Resource: "arn:aws:s3:::a/x" },
    ),

    "within the boundary": bound(boundary, {
      Action: ["logs:PutLogEvents", "logs:CreateLogStream"],
      Resource: `${logs}`,
    }),
    "a resource the boundary spares": bound(boundary, {
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::ours/file",
    }),
    "a denial": bound(boundary, { Effect: "Deny", Action: "ec2:RunInstances", Resource: "*" }),
    "no boundary": [
      declare("role", {
        assumeRolePolicy: "{}",
        inlinePolicies: [{ name: "p", policy: policy({ Action: "a:B", Resource: "*" }) }],
      }),
    ],
    "denied only under a condition": bound(
      [
        ...boundary,
        {
          Effect: "Deny",
          Action: "logs:*",
          Resource: "*",
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
      { Action: "logs:PutLogEvents", Resource: logs },
    ),
  },
  fails: {
    "a secret outside, beside a parameter within": {
      program: bound(ofProd, {
        Action: read,
        Resource: [secret("orders/staging/database-??????"), parameter("orders/prod/level")],
      }),
      at: "policy statement 1 allows secretsmanager:GetSecretValue",
    },
    "what the boundary leaves out": {
      program: bound([{ NotAction: "iam:*", Resource: "*" }], { Action: "iam:GetRole", Resource: "*" }),
      at: "policy statement 1 allows iam:GetRole",
    },
    "a thing the boundary leaves out": {
      program: bound([{ Action: "*", NotResource: secret("root-*") }], {
        Action: read,
        Resource: secret("root-??????"),
      }),
      at: "policy statement 1 allows secretsmanager:GetSecretValue",
    },
    "what a denial of all but some denies": {
      program: bound(
        [
          { Action: "*", Resource: "*" },
          { Effect: "Deny", NotAction: ["s3:*"], Resource: "*" },
        ],
        { Action: read, Resource: secret("orders/prod/database-??????") },
      ),
      at: "policy statement 1 allows secretsmanager:GetSecretValue",
    },
    "one of the things it denies": {
      program: bound(
        [
          { Action: "s3:*", Resource: "*" },
          {
            Effect: "Deny",
            Action: ["s3:PutObject", "s3:GetObject"],
            Resource: ["arn:aws:s3:::a/*", "arn:aws:s3:::b/*"],
          },
        ],
        { Action: "s3:GetObject", Resource: "arn:aws:s3:::a/x" },
      ),
      at: "policy statement 1 allows s3:GetObject",
    },

    "an action the boundary does not allow": {
      program: bound(boundary, { Sid: "Run", Action: "ec2:RunInstances", Resource: "*" }),
      at: 'policy statement "Run" allows ec2:RunInstances, which the boundary does not',
      on: "policy",
    },
    "one of several": {
      program: bound(boundary, { Action: ["logs:PutLogEvents", "logs:DeleteLogGroup"], Resource: logs }),
      at: "policy statement 1 allows logs:DeleteLogGroup",
    },
    "on a resource it does not allow": {
      program: bound(boundary, {
        Action: "logs:PutLogEvents",
        Resource: "arn:aws:logs:eu-west-1:111111111111:x",
      }),
      at: "policy statement 1 allows logs:PutLogEvents",
    },
    "an action it denies": {
      program: bound(boundary, { Action: "iam:GetRole", Resource: "*" }),
      at: "policy statement 1 allows iam:GetRole",
    },
    "a resource it denies": {
      program: bound(boundary, { Action: "s3:GetObject", Resource: "arn:aws:s3:::theirs/file" }),
      at: "policy statement 1 allows s3:GetObject",
    },
  },
  undecided: {
    "what is done": {
      program: bound(ofProd, { Action: later, Resource: parameter("orders/prod/level") }),
      at: "policy.Statement[0].Action is not known",
    },
    "what it is done to": {
      program: bound([{ Action: "s3:*", Resource: "*" }, { ...boundary[3] }], {
        Action: "s3:GetObject",
        Resource: [later],
      }),
      at: "policy.Statement[0].Resource",
    },
    "which boundary": {
      program: [
        outsider,
        declare(
          "role",
          {
            assumeRolePolicy: "{}",
            permissionsBoundary: later,
            inlinePolicies: [{ name: "p", policy: policy({ Action: "logs:PutLogEvents", Resource: logs }) }],
          },
          { from: { permissionsBoundary: [outsider] } },
        ),
      ],
      at: "permissionsBoundary is not known",
    },
    "whose policy": {
      program: [
        ...listOf(bound(ofProd, { Action: "s3:GetObject", Resource: "*" })),
        outsider,
        declare(
          "rolePolicy",
          { role: later, policy: policy({ Action: "ec2:Run*", Resource: "*" }) },
          { from: { role: [outsider] } },
        ),
      ],
      at: "whose role gets the policy is not known",
      on: "rolePolicy",
    },
    "the boundary": {
      program: ((): Program => {
        const elsewhere = declare("parameter", { type: "String" });
        const own = declare(
          "managedPolicy",
          { policy: later },
          { name: "boundary", from: { policy: [elsewhere] } },
        );
        const role = declare(
          "role",
          {
            assumeRolePolicy: "{}",
            permissionsBoundary: later,
            inlinePolicies: [{ name: "p", policy: policy({ Action: "logs:PutLogEvents", Resource: logs }) }],
          },
          { from: { permissionsBoundary: [own] } },
        );
        return [elsewhere, own, role];
      })(),
      at: "policy is not known",
      on: "boundary",
    },
  },
});
