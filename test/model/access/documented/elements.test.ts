import { type DocumentedCase, itDecides } from "../support/documentedCase";
import { all, arnsOf, security, type Statement } from "../support/world";

const home = arnsOf({});
const read: Statement = {
  Sid: "Read",
  Effect: "Allow",
  Action: "secretsmanager:GetSecretValue",
  Resource: home.secret,
};
const named = (operator: string, value: unknown): Statement => ({
  ...read,
  Condition: { [operator]: { "aws:PrincipalArn": value } },
});

const cases: readonly DocumentedCase[] = [
  {
    name: "actions are compared without regard to case",
    page: "action",
    identity: [{ ...read, Action: "SECRETSMANAGER:getsecretvalue" }],
  },
  { name: "a wildcard in an action", page: "action", identity: [{ ...read, Action: "secretsmanager:Get*" }] },
  {
    name: "another action",
    page: "action",
    identity: [{ ...read, Action: "secretsmanager:DescribeSecret" }],
    refusedBy: "identity",
  },
  {
    name: "six question marks match six characters",
    page: "resource",
    identity: [{ ...read, Resource: home.secret.replace("a1B2c3", "??????") }],
  },
  {
    name: "and no others",
    page: "resource",
    identity: [{ ...read, Resource: home.secret.replace("a1B2c3", "???????") }],
    refusedBy: "identity",
  },
  {
    name: "resources are compared with regard to case",
    page: "resource",
    identity: [{ ...read, Resource: home.secret.replace("orders", "Orders") }],
    refusedBy: "identity",
  },
  {
    name: "a wildcard in a resource goes beyond a slash",
    page: "resource",
    identity: [{ ...read, Resource: home.secret.replace("orders/prod/database-a1B2c3", "o*") }],
  },
  {
    name: "NotResource leaves out what it names",
    page: "notResource",
    identity: [
      all,
      { Effect: "Deny", Action: "*", NotResource: "arn:aws:secretsmanager:*:*:secret:*/prod/*" },
    ],
  },
  {
    name: "NotResource takes all else",
    page: "notResource",
    identity: [
      all,
      { Effect: "Deny", Action: "*", NotResource: "arn:aws:secretsmanager:*:*:secret:*/staging/*" },
    ],
    refusedBy: "identity",
  },
  {
    name: "ArnEquals takes wildcards, as ArnLike does",
    page: "operators",
    identity: [named("ArnEquals", "arn:aws:iam::*:role/services/*")],
  },
  {
    name: "a wildcard of an ARN's condition stays within its part",
    page: "operators",
    identity: [named("ArnLike", "arn:aws:*:role/services/*:*:*:*")],
    refusedBy: "identity",
  },
  {
    name: "StringEquals takes a wildcard as it is written",
    page: "operators",
    identity: [named("StringEquals", "arn:aws:iam::*")],
    refusedBy: "identity",
  },
  {
    name: "StringLike takes it as a wildcard, beyond colons",
    page: "operators",
    identity: [named("StringLike", "arn:aws:iam*api")],
  },
  {
    name: "every value of a negated operator has to differ",
    page: "operators",
    identity: [named("ArnNotEquals", ["arn:aws:iam::1:role/x", home.principal])],
    refusedBy: "identity",
  },
  {
    name: "and does",
    page: "operators",
    identity: [named("ArnNotEquals", ["arn:aws:iam::1:role/x", `${home.principal}-2`])],
  },
  {
    name: "a key that the call lacks fails a test",
    page: "operators",
    identity: [{ ...read, Condition: { StringEquals: { "kms:ViaService": "x" } } }],
    refusedBy: "identity",
  },
  {
    name: "and passes a negated one",
    page: "operators",
    identity: [{ ...read, Condition: { StringNotEquals: { "kms:ViaService": "x" } } }],
  },
  {
    name: "and one with IfExists",
    page: "operators",
    identity: [{ ...read, Condition: { StringEqualsIfExists: { "kms:ViaService": "x" } } }],
  },
  {
    name: "IfExists compares what is there",
    page: "operators",
    identity: [{ ...read, Condition: { StringEqualsIfExists: { "aws:PrincipalAccount": "x" } } }],
    refusedBy: "identity",
  },
  {
    name: "Null true holds of a key that is not there",
    page: "operators",
    identity: [{ ...read, Condition: { Null: { "kms:ViaService": "true" } } }],
  },
  {
    name: "Null false does not",
    page: "operators",
    identity: [{ ...read, Condition: { Null: { "kms:ViaService": "false" } } }],
    refusedBy: "identity",
  },
  {
    name: "Bool takes true as text or as JSON's",
    page: "operators",
    identity: [{ ...read, Condition: { Bool: { "aws:SecureTransport": true } } }],
  },
  {
    name: "names of keys are compared without regard to case",
    page: "operators",
    identity: [{ ...read, Condition: { StringEquals: { "AWS:principalaccount": security } } }],
  },
  {
    name: "all keys of a condition have to hold",
    page: "operators",
    identity: [
      {
        ...read,
        Condition: { StringEquals: { "aws:PrincipalAccount": security, "aws:PrincipalOrgID": "o-x" } },
      },
    ],
    refusedBy: "identity",
  },
  {
    name: "and all its operators",
    page: "operators",
    identity: [
      {
        ...read,
        Condition: {
          StringEquals: { "aws:PrincipalAccount": security },
          Bool: { "aws:SecureTransport": "false" },
        },
      },
    ],
    refusedBy: "identity",
  },
  {
    name: "the secret's rotation function",
    page: "globalKeys",
    rotationFunction: "arn:aws:lambda:eu-west-1:111111111111:function:r",
    identity: [
      {
        ...read,
        Condition: {
          StringEquals: {
            "secretsmanager:resource/AllowRotationLambdaArn":
              "arn:aws:lambda:eu-west-1:111111111111:function:r",
          },
        },
      },
    ],
  },
  {
    name: "GovCloud's partition is in its names",
    page: "resource",
    region: "us-gov-west-1",
    identity: [read],
    refusedBy: "identity",
  },
];

describe("AWS's pages decide about actions, resources and conditions", () => itDecides(cases));
