import assert from "node:assert/strict";
import { accessLogPolicy } from "../../../model/documents/accessLogPolicy";
import { policyText } from "../../../model/documents/policy";
import { samplePlan } from "../plan/support/samples";
import { Access, allowedByOwn } from "./support/access";
import { type Caller, decide } from "./support/evaluator";

const archive = "secrets-platform-trails-0a1b2c3d";
const bucket = `arn:aws:s3:::${archive}-access`;
const log = `${bucket}/requests/111111111111/eu-west-1/${archive}/2026/03/03/2026-03-03-00-00-00-0123456789ABCDEF`;

const organisation = "o-exampleorgid";
const role = (account: string, name: string): Caller => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  account,
  organisation,
});
const deployer = role("111111111111", "platform-deployer");
const everybody: readonly Caller[] = [
  deployer,
  role("111111111111", "platform-administrator"),
  role("111111111111", "platform/secrets-auditors"),
  role("333333333333", "platform-deployer"),
  { arn: "arn:aws:iam::111111111111:root", account: "111111111111", organisation },
];
const service = (name: string): Caller => ({ arn: "", account: "", organisation: "", service: name });

describe("the policy of the bucket for the audit bucket's access logs", () => {
  const text = policyText(
    accessLogPolicy(samplePlan().organisation, { account: "111111111111" }, `${archive}-access`, archive),
  );
  const decided = (caller: Caller, action: string, resource: string, context: Record<string, string> = {}) =>
    decide(text, { caller, action, resource, context: { "aws:SecureTransport": "true", ...context } });
  const delivery = (of: string, account: string, resource = log) =>
    decided(service("logging.s3.amazonaws.com"), "s3:PutObject", resource, {
      "aws:SourceArn": `arn:aws:s3:::${of}`,
      "aws:SourceAccount": account,
    });

  it("lets Amazon S3 deliver logs of that bucket, and of no other", () => {
    assert.equal(delivery(archive, "111111111111"), "allow");
    assert.equal(delivery(archive, "999999999999"), "nothing");
    assert.equal(delivery("secrets-platform-trails-ffffffff", "111111111111"), "deny");
    assert.equal(delivery(archive, "111111111111", `${bucket}/elsewhere`), "nothing");
    const context = { "aws:SourceArn": `arn:aws:s3:::${archive}`, "aws:SourceAccount": "111111111111" };
    for (const other of ["delivery.logs.amazonaws.com", "cloudtrail.amazonaws.com"])
      assert.equal(decided(service(other), "s3:PutObject", log, context), "nothing", other);
    assert.notEqual(decided(service("logging.s3.amazonaws.com"), "s3:DeleteObject", log, context), "allow");
  });

  it("denies everybody to forge, hide or change a log", () => {
    for (const caller of everybody)
      for (const action of [
        "PutObject",
        "DeleteObject",
        "DeleteObjectVersion",
        "PutObjectAcl",
        "RestoreObject",
      ])
        assert.equal(decided(caller, `s3:${action}`, log), "deny", `${caller.arn} ${action}`);
  });

  it("denies everybody but the deployer of its account to change its settings", () => {
    for (const caller of everybody)
      for (const action of [
        "PutBucketPolicy",
        "PutLifecycleConfiguration",
        "DeleteBucket",
        "PutBucketVersioning",
      ])
        assert.equal(
          decided(caller, `s3:${action}`, bucket),
          caller === deployer ? "nothing" : "deny",
          `${caller.arn} ${action}`,
        );
  });

  it("denies plain HTTP, and leaves reading to who may by a policy of their own", () => {
    for (const caller of everybody) {
      assert.equal(decided(caller, "s3:GetObject", log), "nothing");
      assert.equal(decided(caller, "s3:GetObject", log, { "aws:SecureTransport": "false" }), "deny");
      assert.equal(decided(caller, "s3:ListBucket", bucket, { "aws:SecureTransport": "false" }), "deny");
    }
  });

  it("is read by auditors of the account of the archive alone", () => {
    const access = new Access(samplePlan());
    for (const [account, expected] of [
      ["111111111111", true],
      ["333333333333", false],
    ] as const) {
      const auditor = access.person("auditors", account);
      const may = (action: string, resource: string) =>
        allowedByOwn(auditor, {
          caller: auditor,
          action,
          resource,
          context: { "s3:ResourceAccount": "111111111111" },
        });
      assert.equal(may("s3:GetObject", log), expected);
      assert.equal(may("s3:ListBucket", bucket), expected);
      assert.equal(may("s3:PutObject", log), false);
    }
  });
});
