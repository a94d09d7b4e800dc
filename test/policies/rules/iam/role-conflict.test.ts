import { roleConflict } from "../../../../policies/rules/iam/role-conflict";
import { testRule, type Program } from "../../support/cases";
import { declare, later, policy, type StatementInput } from "../../support/program";

const boundaryArn = "arn:aws:iam::333333333333:policy/platform/boundary";
const bound = (boundary: StatementInput[], ...granted: StatementInput[]): Program => [
  declare(
    "managedPolicy",
    { name: "boundary", policy: policy(...boundary) },
    { name: "boundary", outputs: { arn: boundaryArn } },
  ),
  declare("role", { name: "r", assumeRolePolicy: "{}", permissionsBoundary: boundaryArn }, { name: "role" }),
  declare("rolePolicy", { role: "r", policy: policy(...granted) }, { name: "policy" }),
];
const logs = "arn:aws:logs:eu-west-1:333333333333:*";
const boundary: StatementInput[] = [
  { Action: ["logs:PutLogEvents", "logs:Create*"], Resource: logs },
  { Effect: "Deny", Action: "iam:*", Resource: "*" },
  { Action: ["iam:GetRole", "s3:*"], Resource: "*" },
  { Effect: "Deny", Action: "s3:GetObject", NotResource: "arn:aws:s3:::ours/*" },
];

testRule(roleConflict, {
  passes: {
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
