import assert from "node:assert/strict";
import { samplePlan, samplePlanIn } from "../plan/support/samples";
import { documentFaults, documentsOf } from "./support/documents";
import { type DocumentKind, forbidden } from "./support/forbidden";

describe("every document of the samples", () => {
  it("says nothing that no document may say", () => {
    assert.deepEqual(documentFaults(samplePlan(), forbidden), []);
  });

  it("has statements with a Sid of letters and digits, each once", () => {
    for (const { name, document } of documentsOf(samplePlan())) {
      const ids = document.Statement.map(({ Sid }) => Sid);
      assert.ok(document.Statement.length > 0, name);
      assert.deepEqual(
        ids.filter((id) => !/^[A-Za-z0-9]+$/.test(id)),
        [],
        name,
      );
      assert.equal(new Set(ids).size, ids.length, name);
    }
  });

  it("is written for its partition", () => {
    for (const partition of ["aws-cn", "aws-us-gov"] as const) {
      for (const { name, document } of documentsOf(samplePlanIn(partition))) {
        const text = JSON.stringify(document);
        assert.doesNotMatch(text, /arn:aws:/, `${partition}: ${name}`);
        assert.doesNotMatch(text, /eu-west-1/, `${partition}: ${name}`);
      }
    }
  });
});

describe("the tests' own list of what no document may say", () => {
  const account = "111111111111";
  const root = (of: string) => ({ AWS: `arn:aws:iam::${of}:root` });
  const byRole = { ArnEquals: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/x` } };
  const inOrganisation = { StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid" } };
  const read = { Effect: "Allow", Action: "secretsmanager:GetSecretValue" };
  const cases: readonly [string, DocumentKind, object, readonly string[]][] = [
    [
      "a statement that is right",
      "resource",
      { ...read, Principal: root(account), Resource: "*", Condition: byRole },
      [],
    ],
    ["a deny of everything", "identity", { Effect: "Deny", Action: "*", NotResource: "*" }, []],
    ["everybody", "resource", { ...read, Principal: "*", Resource: "*" }, ["allows everybody"]],
    ["everybody as AWS", "trust", { ...read, Principal: { AWS: "*" } }, ["allows everybody"]],
    [
      "everybody among others",
      "resource",
      { ...read, Principal: { AWS: [`arn:aws:iam::${account}:role/x`, "*"] } },
      ["allows everybody"],
    ],
    ["no principal", "resource", { ...read, Resource: "*" }, ["names no principal"]],
    [
      "federated principals",
      "trust",
      { ...read, Principal: { Federated: "accounts.google.com" } },
      ["allows a Federated principal"],
    ],
    [
      "NotPrincipal",
      "resource",
      { ...read, NotPrincipal: root(account) },
      ["allows by NotPrincipal", "names no principal"],
    ],
    [
      "NotAction",
      "identity",
      { Effect: "Allow", NotAction: "iam:*", Resource: "arn:aws:s3:::a/*" },
      ["allows by NotAction"],
    ],
    [
      "NotResource",
      "identity",
      { ...read, NotResource: "arn:aws:s3:::a/*" },
      ["allows by NotResource", "names no resource"],
    ],
    [
      "every action",
      "identity",
      { Effect: "Allow", Action: "*", Resource: "arn:aws:s3:::a/*" },
      ["allows every action"],
    ],
    [
      "every resource",
      "identity",
      { ...read, Resource: "*" },
      ["allows secretsmanager:GetSecretValue on every resource"],
    ],
    [
      "every resource among others",
      "identity",
      { ...read, Resource: ["arn:aws:s3:::a/*", "*"] },
      ["allows secretsmanager:GetSecretValue on every resource"],
    ],
    [
      "an action without resources beside one with",
      "identity",
      { Effect: "Allow", Action: ["ecr:GetAuthorizationToken", "ecr:BatchGetImage"], Resource: "*" },
      ["allows ecr:BatchGetImage on every resource"],
    ],
    [
      "an action that takes no resource",
      "identity",
      { Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
      [],
    ],
    [
      "an account without roles",
      "resource",
      { ...read, Principal: root(account) },
      [`allows the whole account ${account}`],
    ],
    [
      "an account by its number",
      "resource",
      { ...read, Principal: { AWS: account } },
      [`allows the whole account ${account}`],
    ],
    [
      "an account with a condition on anything",
      "resource",
      { ...read, Principal: root(account), Condition: { ArnLike: { "aws:PrincipalArn": "*" } } },
      [`allows the whole account ${account}`],
    ],
    [
      "an account with a condition on all but some",
      "resource",
      { ...read, Principal: root(account), Condition: { ArnNotLike: byRole.ArnEquals } },
      [`allows the whole account ${account}`],
    ],
    [
      "an account with roles of another",
      "resource",
      { ...read, Principal: root("222222222222"), Condition: { ...byRole, ...inOrganisation } },
      ["allows the whole account 222222222222"],
    ],
    [
      "another account's role",
      "resource",
      { ...read, Principal: { AWS: "arn:aws:iam::222222222222:role/x" } },
      ["allows account 222222222222 outside the organisation"],
    ],
    [
      "another account's role, in the organisation",
      "resource",
      { ...read, Principal: { AWS: "arn:aws:iam::222222222222:role/x" }, Condition: inOrganisation },
      [],
    ],
    [
      "a gateway for this account's roles to the organisation",
      "gateway",
      {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:*",
        Resource: "*",
        Condition: {
          ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/*` },
          StringEquals: { "aws:PrincipalOrgID": "o-exampleorgid", "aws:ResourceOrgID": "o-exampleorgid" },
        },
      },
      [],
    ],
    [
      "a gateway for this account's roles to anywhere",
      "gateway",
      {
        Effect: "Allow",
        Principal: "*",
        Action: "s3:PutObject",
        Resource: "*",
        Condition: {
          ArnLike: { "aws:PrincipalArn": `arn:aws:iam::${account}:role/*` },
          ...inOrganisation,
        },
      },
      ["leads out of the organisation"],
    ],
    [
      "a gateway for everybody to one bucket's objects",
      "gateway",
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::packages/*" },
      [],
    ],
    [
      "a gateway for everybody to any bucket's objects",
      "gateway",
      { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::*/*" },
      ["allows everybody"],
    ],
    [
      "a gateway for everybody to write",
      "gateway",
      { Effect: "Allow", Principal: "*", Action: "s3:PutObject", Resource: "arn:aws:s3:::packages/*" },
      ["allows everybody"],
    ],
    [
      "a gateway that names an account",
      "gateway",
      { Effect: "Allow", Principal: root(account), Action: "s3:*", Resource: "*", Condition: byRole },
      ["names principals, which a gateway takes for root users"],
    ],
  ];
  for (const [name, kind, statement, expected] of cases) {
    it(`judges ${name}`, () => {
      assert.deepEqual(
        forbidden({ Statement: [statement] }, kind, account),
        expected.map((fault) => `statement 0: ${fault}`),
      );
    });
  }
});
