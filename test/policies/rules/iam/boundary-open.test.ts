import { boundaryOpen } from "../../../../policies/rules/iam/boundary-open";
import { testRule, type Program } from "../../support/cases";
import { declare, document, later, policy, prod, security, type StatementInput } from "../../support/program";

const name = "services-boundary-prod";
const arn = `arn:aws:iam::${prod}:policy/platform/${name}`;

/** A boundary by its name in the settings, which no role has yet. */
const named = (...statements: readonly StatementInput[]): Program => [
  declare("managedPolicy", { name, path: "/platform/", policy: policy(...statements) }, { name: "boundary" }),
];

/** One that a role has. */
const held = (...statements: readonly StatementInput[]): Program => [
  declare(
    "managedPolicy",
    { name: "own", policy: policy(...statements) },
    { name: "boundary", outputs: { arn } },
  ),
  declare("role", { name: "r", assumeRolePolicy: "{}", permissionsBoundary: arn }, { name: "role" }),
];

const secret = (rest: string) => `arn:aws:secretsmanager:*:${security}:secret:${rest}`;
const parameter = (rest: string) => `arn:aws:ssm:*:${security}:parameter/${rest}`;
const anyKey = `arn:aws:kms:eu-west-1:${prod}:key/*`;
const key = `arn:aws:kms:eu-west-1:${prod}:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
const through = { StringEquals: { "kms:ViaService": "secretsmanager.eu-west-1.amazonaws.com" } };
const read = "secretsmanager:GetSecretValue";

const opens = (action: unknown, resource: unknown, says: string, more: StatementInput = {}) => ({
  program: named({ Action: action, Resource: resource, ...more }),
  at: "policy statement 1 opens ",
  says,
  on: "boundary",
});

testRule(boundaryOpen, {
  settings: { boundaries: ["/platform/services-boundary-*"] },
  passes: {
    "the values of one environment": named(
      { Action: [read, "ssm:GetParameter*"], Resource: [secret("*/prod/*"), parameter("*/prod/*")] },
      { Action: read, Resource: [secret("rds!*"), secret("orders/*"), secret("app-*"), secret("x-??????")] },
    ),
    "keys by way of a service, by name, by alias or by what is encrypted": named(
      { Action: "kms:Decrypt", Resource: anyKey, Condition: through },
      { Action: ["kms:Decrypt", "kms:ReEncrypt*"], Resource: key },
      {
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringEquals: { "kms:ResourceAliases": "alias/a" } },
      },
      {
        Action: "kms:Decrypt",
        Resource: "*",
        Condition: { StringLike: { "kms:EncryptionContext:a": "b/*" } },
      },
    ),
    "grants that AWS's services take": named({
      Action: "kms:CreateGrant",
      Resource: "*",
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    }),
    "roles and functions by name": named(
      { Action: "sts:AssumeRole", Resource: "arn:aws:iam::999999999999:role/partner" },
      { Action: "lambda:UpdateFunctionCode", Resource: `arn:aws:lambda:eu-west-1:${prod}:function:orders-*` },
      {
        Action: "iam:PassRole",
        Resource: "*",
        Condition: { StringEquals: { "iam:PassedToService": "ecs" } },
      },
    ),
    "machines by their tags": named({
      Action: ["ssm:SendCommand", "ssm:StartSession"],
      Resource: "*",
      Condition: { StringEquals: { "ssm:resourceTag/team": "orders" } },
    }),
    "anything else of any resource": named({ Action: ["sqs:*", "s3:Get*", "logs:*"], Resource: "*" }),
    "what it denies by itself": named(
      { Action: ["iam:*", "kms:Create*", "secretsmanager:*"], Resource: "*" },
      { Effect: "Deny", Action: ["iam:*", "KMS:Create*", "secretsmanager:*"], Resource: "*" },
    ),
    "all but what it leaves of what it denies": named(
      { Action: "*", Resource: "arn:aws:iam::*:role/*" },
      { Effect: "Deny", NotAction: ["sqs:*", "logs:*"], Resource: "*" },
    ),
    "a policy that bounds nobody": [
      declare("managedPolicy", { name: "grant", policy: policy({ Action: "kms:Decrypt", Resource: "*" }) }),
    ],
    "a boundary of AWS's that opens none": [
      declare("role", {
        assumeRolePolicy: "{}",
        permissionsBoundary: "arn:aws:iam::aws:policy/ViewOnlyAccess",
      }),
    ],
  },
  fails: {
    "every secret": opens(
      read,
      secret("*"),
      "secrets of every environment, by secretsmanager:GetSecretValue on",
    ),
    "every secret, in other letters": opens("SecretsManager:getsecretvalue", "*", read),
    "every secret, by a pattern of the service": opens("s*:Get*", "*", read),
    "every secret, by another call": opens(
      "secretsmanager:Batch*",
      "*",
      "secretsmanager:BatchGetSecretValue",
    ),
    "every secret, by whole services": opens(["secretsmanager:*"], "arn:aws:secretsmanager:*", read),
    "every secret of some environments": opens(read, secret("*/prod*"), read),
    "what is left": {
      program: named({ NotAction: "iam:*", Resource: "*" }),
      at: "policy statement 1 opens secrets of every environment",
    },
    "every secret but one": {
      program: named({ Action: read, NotResource: secret("a/prod/b-??????") }),
      at: "policy statement 1 opens secrets of every environment",
    },
    "every secret, although some are denied": {
      program: named(
        { Sid: "Settings1", Action: read, Resource: secret("*") },
        { Effect: "Deny", Action: read, NotResource: secret("*/prod/*") },
      ),
      at: 'policy statement "Settings1" opens secrets of every environment',
    },
    "values to be changed": opens("secretsmanager:PutSecretValue", "*", "secretsmanager:PutSecretValue"),
    "every parameter": opens("ssm:GetParameter*", parameter("*"), "parameters of every environment"),
    "every parameter, by its history": opens("ssm:*History", "*", "ssm:GetParameterHistory"),
    "every key": opens("kms:Decrypt", anyKey, "what any key encrypts, by kms:Decrypt on"),
    "every key, whatever is encrypted": opens("kms:Decrypt", anyKey, "what any key encrypts", {
      Condition: { StringLike: { "kms:EncryptionContext:a": "*" } },
    }),
    "every key, whatever log group is encrypted": opens("kms:Decrypt", anyKey, "what any key encrypts", {
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:*:*:log-group:*" } },
    }),
    "every key, by whatever service": opens("kms:Decrypt", anyKey, "what any key encrypts", {
      Condition: { StringLikeIfExists: { "kms:ViaService": "ssm.*" } },
    }),
    "every key, by encrypting again": opens("kms:ReEncrypt*", "arn:aws:kms:*:*:*", "kms:ReEncryptFrom"),
    "every key, by grants": opens("kms:CreateGrant", anyKey, "any key to others"),
    "roles to be changed": opens("iam:Put*", "*", "any role, by iam:PutGroupPolicy"),
    "every role to be assumed": opens(
      "sts:AssumeRole",
      "arn:aws:iam::*:role/*",
      "any role, by sts:AssumeRole",
    ),
    "commands anywhere": opens("ssm:SendCommand", "*", "whatever runs, and its role, by ssm:SendCommand"),
    "commands of any document, in any version": opens(
      "ssm:StartAutomationExecution",
      `arn:aws:ssm:eu-west-1:${prod}:automation-definition/*:*`,
      "whatever runs, and its role, by ssm:StartAutomationExecution",
    ),
    "code of any function": opens(
      "lambda:UpdateFunctionCode",
      `arn:aws:lambda:eu-west-1:${prod}:function:*`,
      "lambda:UpdateFunctionCode",
    ),
    "in a boundary that a role has": {
      program: held({ Action: "kms:Decrypt", Resource: "*" }),
      at: "policy statement 1 opens what any key encrypts",
      on: "boundary",
    },
    "each statement that does": {
      program: named({ Action: read, Resource: "*" }, { Action: "kms:Decrypt", Resource: "*" }),
      at: "policy statement 1",
      times: 2,
    },
    "a boundary of AWS's own": {
      program: declare("role", {
        assumeRolePolicy: "{}",
        permissionsBoundary: "arn:aws:iam::aws:policy/PowerUserAccess",
      }),
      at: "permissionsBoundary is AWS's PowerUserAccess, which opens",
    },
  },
  undecided: {
    "the policy": {
      program: declare("managedPolicy", { name, path: "/platform/", policy: later }),
      at: "policy is not known",
    },
    "a resource": {
      program: declare("managedPolicy", {
        name,
        path: "/platform/",
        policy: document({ Action: read, Resource: later }),
      }),
      at: "policy.Statement[0].Resource is not known",
    },
    "an action": {
      program: declare("managedPolicy", {
        name,
        path: "/platform/",
        policy: document({ Action: later, Resource: "*" }),
      }),
      at: "policy.Statement[0].Action is not known",
    },
    "whether it allows": {
      program: declare("managedPolicy", {
        name,
        path: "/platform/",
        policy: document({ Effect: later, Action: read, Resource: "*" }),
      }),
      at: "policy.Statement[0].Effect is not known",
    },
  },
});
