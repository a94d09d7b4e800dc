import assert from "node:assert/strict";

import { suppositions, type Supposition } from "../../../policies/documents/supposition";
import { suppose } from "../../../policies/documents/suppositions";
import { readDocument, statementsOf } from "../../../policies/documents/read";
import { unknown, unknownPaths, type Value } from "../../../policies/view/values";

const documentOf = (statement: object): Value => ({ Statement: [statement] }) as unknown as Value;
const under = (how: Supposition, statement: object) => statementsOf(suppose(documentOf(statement), how))[0];
const conditions = (how: Supposition, condition: unknown) =>
  under(how, { Effect: "Allow", Action: "*", Resource: "*", Condition: condition })?.conditions.map(
    ({ key, values }) => [key, ...values],
  );

describe("what a document may turn out to be", () => {
  it("is itself where all of it is known", () => {
    const document = documentOf({ Effect: "Allow", Action: "s3:GetObject", Resource: "*" });
    for (const how of suppositions) assert.deepEqual(suppose(document, how), document);
    assert.equal(suppose("{}", "widest"), "{}");
    assert.equal(suppose(undefined, "widest"), undefined);
  });

  it("has every action and resource at its widest, fewer at its narrowest, and one that nobody names", () => {
    const statement = { Effect: "Allow", Action: ["s3:GetObject", unknown], Resource: unknown };
    assert.deepEqual(under("widest", statement)?.actions, ["s3:GetObject", "*"]);
    assert.deepEqual(under("widest", statement)?.resources, ["*"]);
    assert.deepEqual(under("stranger", statement)?.actions, ["s3:GetObject", "unknown:Unknown"]);
    assert.equal(under("narrowest", statement)?.effect, "Deny");
    const named = { ...statement, Resource: ["arn:aws:s3:::a/*", unknown] };
    assert.deepEqual(under("narrowest", named)?.actions, ["s3:GetObject"]);
    assert.deepEqual(under("narrowest", named)?.resources, ["arn:aws:s3:::a/*"]);
  });

  it("denies most where it is narrowest, and allows or denies while the effect is not known", () => {
    const denial = { Effect: "Deny", Principal: "*", Action: unknown, Resource: "*" };
    assert.deepEqual(under("narrowest", denial)?.actions, ["*"]);
    assert.deepEqual(under("widest", denial)?.actions, []);
    const either = { Effect: unknown, Action: "s3:GetObject", Resource: "*" };
    assert.deepEqual(
      suppositions.map((how) => under(how, either)?.effect),
      ["Allow", "Deny", "Allow"],
    );
  });

  it("leaves out nothing that matters at its widest, everything at its narrowest", () => {
    const statement = { Effect: "Allow", NotAction: unknown, Resource: "*" };
    assert.deepEqual(under("widest", statement)?.notActions, ["unknown:Unknown"]);
    assert.deepEqual(under("narrowest", statement)?.notActions, ["*"]);
  });

  it("names everybody, services and identity providers at its widest, and keeps who is somebody", () => {
    const kinds = (how: Supposition, principal: unknown) =>
      new Set(under(how, { Effect: "Allow", Principal: principal })?.principals.map(({ kind }) => kind));
    assert.deepEqual(kinds("widest", unknown), new Set(["*", "AWS", "Service", "Federated"]));
    assert.deepEqual(kinds("narrowest", unknown), new Set());
    assert.deepEqual(kinds("narrowest", { AWS: unknown }), new Set(["AWS"]));
    assert.deepEqual(kinds("widest", { Service: [unknown] }), new Set(["Service"]));
  });

  it("has no condition that a wildcard could open, and keeps those that name one value", () => {
    const arn = { ArnLike: { "aws:SourceArn": unknown } };
    assert.deepEqual(conditions("widest", arn), []);
    assert.deepEqual(conditions("narrowest", arn), [["aws:sourcearn", unknown]]);
    const account = { StringEquals: { "aws:SourceAccount": ["111111111111", unknown] } };
    assert.deepEqual(conditions("widest", account), [["aws:sourceaccount", "111111111111", unknown]]);
    assert.deepEqual(conditions("stranger", account), [
      ["aws:sourceaccount", "111111111111", "000000000000"],
    ]);
    assert.deepEqual(conditions("widest", unknown), []);
    assert.ok((conditions("narrowest", { StringEquals: unknown }) ?? []).length > 5);
  });

  it("has its statements at their places, whatever of it is not known", () => {
    const documents = [
      unknown,
      { Statement: unknown },
      { Statement: [unknown, { Sid: "Second", Effect: "Allow", Action: "*", Resource: "*" }] },
      { Statement: [{ Effect: unknown, Principal: unknown, NotAction: [unknown], Condition: unknown }] },
    ] as unknown as Value[];
    for (const document of documents) {
      for (const how of suppositions) {
        const supposed = suppose(document, how);
        assert.equal(readDocument(supposed).state, "document");
        const left = unknownPaths(supposed, "").filter((path) => !path.includes(".Condition."));
        assert.deepEqual(left, []);
      }
    }
    assert.equal(statementsOf(suppose(documents[2], "narrowest"))[1]?.sid, "Second");
  });
});
