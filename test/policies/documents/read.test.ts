import assert from "node:assert/strict";

import { demands, isLimitedBy, refuses } from "../../../policies/documents/conditions";
import type { PolicyDocument, Statement } from "../../../policies/documents/document";
import { readDocument } from "../../../policies/documents/read";
import { includesAction, includesResource } from "../../../policies/documents/statements";
import { unknown, type Value } from "../../../policies/view/values";

function documentIn(value: unknown): PolicyDocument {
  const reading = readDocument(value as Value);
  assert.equal(reading.state, "document");
  return (reading as { document: PolicyDocument }).document;
}

const statementIn = (statement: unknown): Statement => documentIn({ Statement: statement }).statements[0]!;

describe("the reader of policy documents", () => {
  it("reads text and objects, single values and lists, keys in any case, to the same", () => {
    const written = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "One",
          Effect: "Deny",
          Principal: { AWS: ["*"] },
          Action: ["s3:GetObject"],
          Resource: ["arn:aws:s3:::b/*"],
          Condition: { StringEquals: { "aws:PrincipalOrgID": ["o-exampleorgid"] } },
        },
      ],
    };
    const otherwise = {
      statement: {
        sid: "One",
        effect: "deny",
        PRINCIPAL: { aws: "*" },
        action: "s3:GetObject",
        resource: "arn:aws:s3:::b/*",
        condition: { stringequals: { "AWS:principalorgid": "o-exampleorgid" } },
      },
    };
    assert.deepEqual(documentIn(otherwise), documentIn(written));
    assert.deepEqual(documentIn(JSON.stringify(written)), documentIn(written));
    assert.equal(
      documentIn(JSON.stringify(written)),
      documentIn(JSON.stringify(written)),
      "a text is read once",
    );
  });

  it("keeps what is unknown where it is", () => {
    const { actions, resources, effect, principals, unknownParts } = statementIn({
      Effect: unknown,
      Principal: { Service: unknown },
      Action: ["a:B", unknown],
      Resource: unknown,
    });
    assert.deepEqual(actions, ["a:B", unknown]);
    assert.deepEqual(resources, [unknown]);
    assert.equal(effect, unknown);
    assert.deepEqual(principals, [{ kind: "Service", value: unknown }]);
    assert.deepEqual(unknownParts, [
      "Statement[0].Effect",
      "Statement[0].Principal.Service",
      "Statement[0].Action[1]",
      "Statement[0].Resource",
    ]);
  });

  it("tells what is absent, unknown and malformed", () => {
    const states = [undefined, "", unknown, { Statement: unknown }, "no JSON", "[]", "{}", 7].map(
      (value) => readDocument(value as Value).state,
    );
    assert.deepEqual(states, [
      "absent",
      "absent",
      "unknown",
      "unknown",
      "malformed",
      "malformed",
      "malformed",
      "malformed",
    ]);
  });

  it("takes everybody in each of the ways it is written", () => {
    for (const Principal of ["*", { AWS: "*" }, { AWS: ["*"] }]) {
      assert.deepEqual(statementIn({ Principal }).principals, [{ kind: "*", value: "*" }]);
    }
    assert.deepEqual(statementIn({ Principal: { Federated: "*" } }).principals, [
      { kind: "Federated", value: "*" },
    ]);
  });

  it("finds actions and resources by what is named, and by what is left out", () => {
    const named = statementIn({ Action: ["S3:Get*"], Resource: "arn:aws:s3:::b/*" });
    assert.ok(includesAction(named, "s3:GetObject") && !includesAction(named, "s3:PutObject"));
    assert.ok(includesResource(named, "arn:aws:s3:::b/x") && !includesResource(named, "arn:aws:s3:::c/x"));
    const leftOut = statementIn({ NotAction: "iam:*", NotResource: "arn:aws:s3:::b/*" });
    assert.ok(includesAction(leftOut, "s3:GetObject") && !includesAction(leftOut, "iam:GetRole"));
    assert.ok(
      !includesResource(leftOut, "arn:aws:s3:::b/x") && includesResource(leftOut, "arn:aws:s3:::c/x"),
    );
  });

  it("tells conditions that must hold from those that may be skipped", () => {
    const limited = (Condition: object) => isLimitedBy(statementIn({ Condition }), "aws:principalarn");
    assert.ok(limited({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::1:role/x" } }));
    assert.ok(limited({ "ForAnyValue:StringEquals": { "aws:PrincipalArn": "arn:x" } }));
    assert.ok(limited({ ArnLike: { "aws:PrincipalArn": unknown } }));
    assert.ok(!limited({ ArnLikeIfExists: { "aws:PrincipalArn": "arn:x" } }));
    assert.ok(!limited({ "ForAllValues:StringEquals": { "aws:PrincipalArn": "arn:x" } }));
    assert.ok(!limited({ ArnNotLike: { "aws:PrincipalArn": "arn:x" } }));
    assert.ok(!limited({ ArnLike: { "aws:PrincipalArn": ["arn:x", "*"] } }));
    assert.ok(!limited({ ArnLike: { "aws:PrincipalArn": [] } }));
    assert.ok(!limited({ ArnLike: { "aws:SourceArn": "arn:x" } }));
  });

  it("finds what a condition spares", () => {
    const statement = statementIn({
      Effect: "Deny",
      Condition: { ArnNotLike: { "aws:PrincipalArn": ["a", "b"] } },
    });
    assert.deepEqual(refuses(statement, "aws:principalarn")[0]?.values, ["a", "b"]);
    assert.deepEqual(refuses(statement, "aws:sourcearn"), []);
    const demanding = statementIn({ Effect: "Deny", Condition: { ArnLike: { "aws:PrincipalArn": "a" } } });
    assert.deepEqual(refuses(demanding, "aws:principalarn"), []);
    assert.deepEqual(demands(statement, "aws:principalarn"), []);
  });
});
