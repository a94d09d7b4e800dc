import assert from "node:assert/strict";
import { decide, type Request } from "./support/evaluator";

/** Named cases with the decision AWS documents for them. */

const reader = {
  arn: "arn:aws:iam::333333333333:role/services/orders/orders-prod-api",
  account: "333333333333",
  organisation: "o-exampleorgid",
};
const secret = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-a1B2c3";
const read: Request = { caller: reader, action: "secretsmanager:GetSecretValue", resource: secret };

interface Case {
  readonly name: string;
  readonly statements: readonly object[];
  readonly request?: Partial<Request>;
  readonly expected: string;
}

const allow = { Effect: "Allow", Action: "secretsmanager:GetSecretValue", Resource: "*" };

const cases: readonly Case[] = [
  {
    name: "no statement applies",
    statements: [{ ...allow, Action: "secretsmanager:PutSecretValue" }],
    expected: "nothing",
  },
  { name: "an allow applies", statements: [allow], expected: "allow" },
  {
    name: "a deny stands above an allow",
    statements: [allow, { ...allow, Effect: "Deny" }],
    expected: "deny",
  },
  {
    name: "actions compare without regard to case",
    statements: [{ ...allow, Action: "SecretsManager:getsecret*" }],
    expected: "allow",
  },
  {
    name: "six question marks match six characters",
    statements: [{ ...allow, Resource: secret.replace("a1B2c3", "??????") }],
    expected: "allow",
  },
  {
    name: "and no other number",
    statements: [{ ...allow, Resource: secret.replace("a1B2c3", "?????") }],
    expected: "nothing",
  },
  {
    name: "a longer name does not match",
    statements: [{ ...allow, Resource: secret.replace("a1B2c3", "??????") }],
    request: { resource: secret.replace("a1B2c3", "admin-a1B2c3") },
    expected: "nothing",
  },
  {
    name: "NotResource leaves out what it names",
    statements: [{ Effect: "Deny", Action: "*", NotResource: "arn:aws:secretsmanager:*:*:secret:*/prod/*" }],
    expected: "nothing",
  },
  {
    name: "NotResource takes everything else",
    statements: [
      { Effect: "Deny", Action: "*", NotResource: "arn:aws:secretsmanager:*:*:secret:*/staging/*" },
    ],
    expected: "deny",
  },
  {
    name: "an account principal takes in the account's roles",
    statements: [{ ...allow, Principal: { AWS: "arn:aws:iam::333333333333:root" } }],
    expected: "allow",
  },
  {
    name: "and nobody else's",
    statements: [{ ...allow, Principal: { AWS: "arn:aws:iam::222222222222:root" } }],
    expected: "nothing",
  },
  {
    name: "a service principal is no role",
    statements: [{ ...allow, Principal: { Service: "lambda.amazonaws.com" } }],
    expected: "nothing",
  },
  {
    name: "every condition has to hold",
    statements: [
      {
        ...allow,
        Condition: {
          ArnEquals: { "aws:PrincipalArn": reader.arn },
          StringEquals: { "aws:PrincipalOrgID": "o-otherotherot" },
        },
      },
    ],
    expected: "nothing",
  },
  {
    name: "one of several values does",
    statements: [
      {
        ...allow,
        Condition: {
          ArnEquals: { "aws:PrincipalArn": ["arn:aws:iam::333333333333:role/other", reader.arn] },
        },
      },
    ],
    expected: "allow",
  },
  {
    name: "a key that is not in the request fails a condition",
    statements: [
      { ...allow, Condition: { StringEquals: { "kms:ViaService": "ssm.eu-west-1.amazonaws.com" } } },
    ],
    expected: "nothing",
  },
  {
    name: "and passes a negated one",
    statements: [{ ...allow, Condition: { ArnNotLike: { "aws:SourceArn": "arn:aws:iam::1:role/x" } } }],
    expected: "allow",
  },
  {
    name: "StringEquals takes wildcards as they are written",
    statements: [{ ...allow, Condition: { StringEquals: { "aws:PrincipalOrgID": "o-*" } } }],
    expected: "nothing",
  },
  {
    name: "ArnLike and ArnEquals take them as patterns",
    statements: [
      {
        ...allow,
        Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::333333333333:role/services/*" } },
      },
    ],
    expected: "allow",
  },
  {
    name: "ForAnyValue needs one value of the request",
    statements: [
      { ...allow, Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/prod/orders" } } },
    ],
    request: { context: { "kms:ResourceAliases": ["alias/other", "alias/prod/orders"] } },
    expected: "allow",
  },
  {
    name: "and fails without any",
    statements: [
      { ...allow, Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/prod/orders" } } },
    ],
    expected: "nothing",
  },
  {
    name: "ForAllValues needs every value of the request",
    statements: [{ ...allow, Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } } }],
    request: { context: { "aws:TagKeys": ["a", "c"] } },
    expected: "nothing",
  },
  {
    name: "and holds without any",
    statements: [{ ...allow, Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": ["a", "b"] } } }],
    expected: "allow",
  },
  {
    name: "Null holds of a key that is not there",
    statements: [{ ...allow, Condition: { Null: { "aws:TagKeys": "true" } } }],
    expected: "allow",
  },
  {
    name: "and, turned round, of one that is",
    statements: [{ ...allow, Condition: { Null: { "aws:TagKeys": "false" } } }],
    request: { context: { "aws:TagKeys": ["a"] } },
    expected: "allow",
  },
  {
    name: "Bool fails of a key that is not there",
    statements: [{ ...allow, Condition: { Bool: { "secretsmanager:ModifyRotationRules": "false" } } }],
    expected: "nothing",
  },
  {
    name: "everybody includes services",
    statements: [{ ...allow, Principal: { AWS: "*" } }],
    request: { caller: { ...reader, service: "cloudtrail.amazonaws.com" } },
    expected: "allow",
  },
  {
    name: "a service principal is that service",
    statements: [{ ...allow, Principal: { Service: "cloudtrail.amazonaws.com" } }],
    request: { caller: { ...reader, service: "cloudtrail.amazonaws.com" } },
    expected: "allow",
  },
  {
    name: "a service has no ARN of a principal",
    statements: [{ ...allow, Condition: { ArnLike: { "aws:PrincipalArn": "*" } } }],
    request: { caller: { ...reader, service: "cloudtrail.amazonaws.com" } },
    expected: "nothing",
  },
];

describe("the tests' own policy evaluator", () => {
  for (const { name, statements, request, expected } of cases) {
    it(name, () => {
      assert.equal(decide(JSON.stringify({ Statement: statements }), { ...read, ...request }), expected);
    });
  }

  it("does not guess what an unknown operator means", () => {
    const document = JSON.stringify({
      Statement: [{ ...allow, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }],
    });
    assert.throws(() => decide(document, read), /IpAddress/);
  });
});
