import assert from "node:assert/strict";
import { logArchiveBucketPolicy } from "../../../model/documents/logArchivePolicies";
import { type PolicyDocument, policyText } from "../../../model/documents/policy";
import type { Plan } from "../../../model/plan/types";
import { samplePlan } from "../plan/support/samples";
import { Access, allowedByOwn } from "./support/access";
import { type Caller, decide, type Request } from "./support/evaluator";
import { withoutAPart } from "./support/withoutAPart";

const organisation = "o-exampleorgid";
const bucket = "arn:aws:s3:::secrets-platform-trails-0a1b2c3d";
const record = `${bucket}/AWSLogs/333333333333/CloudTrail/eu-west-1/2026/03/03/333333333333_CloudTrail_eu-west-1_x.json.gz`;

const role = (account: string, name: string): Caller => ({
  arn: `arn:aws:iam::${account}:role/${name}`,
  account,
  organisation,
});

const callers: Readonly<Record<string, Caller>> = {
  deployer: role("111111111111", "platform-deployer"),
  administrator: role("111111111111", "platform-administrator"),
  auditor: role("111111111111", "platform/secrets-auditors"),
  breakGlass: role("111111111111", "platform/secrets-break-glass"),
  "root user": { arn: "arn:aws:iam::111111111111:root", account: "111111111111", organisation },
  "deployer of another account": role("333333333333", "platform-deployer"),
  stranger: { ...role("999999999999", "platform-deployer"), organisation: "o-otherotherot" },
};

/**
 * What S3 can do to an object beside handing it out.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
const objectChanges = [
  "AbortMultipartUpload",
  "BypassGovernanceRetention",
  "DeleteObject",
  "DeleteObjectTagging",
  "DeleteObjectVersion",
  "DeleteObjectVersionTagging",
  "InitiateReplication",
  "ObjectOwnerOverrideToBucketOwner",
  "PutObject",
  "PutObjectAcl",
  "PutObjectLegalHold",
  "PutObjectRetention",
  "PutObjectTagging",
  "PutObjectVersionAcl",
  "PutObjectVersionTagging",
  "ReplicateDelete",
  "ReplicateObject",
  "ReplicateTags",
  "RestoreObject",
  "UpdateObjectEncryption",
].map((action) => `s3:${action}`);

const settings = [
  "CreateBucketMetadataTableConfiguration",
  "DeleteBucket",
  "DeleteBucketPolicy",
  "DeleteBucketWebsite",
  "PutBucketAcl",
  "PutBucketLogging",
  "PutBucketNotification",
  "PutBucketObjectLockConfiguration",
  "PutBucketOwnershipControls",
  "PutBucketPolicy",
  "PutBucketPublicAccessBlock",
  "PutBucketTagging",
  "PutBucketVersioning",
  "PutEncryptionConfiguration",
  "PutInventoryConfiguration",
  "PutLifecycleConfiguration",
  "PutReplicationConfiguration",
  "TagResource",
  "UntagResource",
  "UpdateBucketMetadataInventoryTableConfiguration",
].map((action) => `s3:${action}`);

const reads = [
  ["s3:GetObject", record],
  ["s3:GetObjectVersion", record],
  ["s3:GetObjectRetention", record],
  ["s3:ListBucket", bucket],
  ["s3:ListBucketVersions", bucket],
  ["s3:GetLifecycleConfiguration", bucket],
] as const;

const trailOf = (account: string, name = "secrets-platform") =>
  `arn:aws:cloudtrail:eu-west-1:${account}:trail/${name}`;

const cloudTrail: Caller = { arn: "", account: "", organisation: "", service: "cloudtrail.amazonaws.com" };

describe("the audit bucket's policy", () => {
  const document = logArchiveBucketPolicy(samplePlan().organisation, "secrets-platform-trails-0a1b2c3d");

  it("denies everybody to hide, change, forge or unlock a record", () => {
    for (const [name, caller] of Object.entries(callers)) {
      for (const action of objectChanges) {
        assert.equal(decided(document, caller, { action, resource: record }), "deny", `${name} ${action}`);
      }
    }
  });

  it("denies everybody but the deployer of its account to change its settings", () => {
    for (const [name, caller] of Object.entries(callers)) {
      for (const action of settings) {
        const expected = name === "deployer" ? "nothing" : "deny";
        assert.equal(decided(document, caller, { action, resource: bucket }), expected, `${name} ${action}`);
      }
    }
  });

  it("leaves reading to who may by a policy of their own", () => {
    for (const caller of Object.values(callers)) {
      for (const [action, resource] of reads) {
        assert.equal(decided(document, caller, { action, resource }), "nothing", `${caller.arn} ${action}`);
      }
    }
  });

  it("lets the trails write, each below its own account, and no other trail", () => {
    const write = (trail: string, resource = record) =>
      decided(document, cloudTrail, {
        action: "s3:PutObject",
        resource,
        context: {
          "aws:SourceArn": trail,
          "s3:x-amz-acl": "bucket-owner-full-control",
        },
      });
    assert.equal(write(trailOf("333333333333")), "allow");
    assert.equal(write(trailOf("999999999999")), "nothing");
    assert.equal(write(trailOf("333333333333", "mine")), "deny");
    assert.equal(write(trailOf("333333333333"), `${bucket}/mine/file`), "nothing");
    for (const action of ["s3:DeleteObject", "s3:PutObjectRetention"]) {
      const context = { "aws:SourceArn": trailOf("333333333333") };
      assert.notEqual(decided(document, cloudTrail, { action, resource: record, context }), "allow", action);
    }
  });

  it("does not grow with the number of accounts by what it denies", () => {
    const denials = document.Statement.filter(({ Effect }) => Effect === "Deny");
    assert.doesNotMatch(JSON.stringify(denials), /222222222222|333333333333/);
  });

  it("holds no denial that could be taken out unseen", () => {
    const mutants = withoutAPart(document).filter(([what]) =>
      /^(LocksHold|RecordsStay|SettingsStay)/.test(what),
    );
    assert.ok(mutants.length > 15);
    for (const [what, mutant] of mutants) assert.ok(isWeaker(mutant), what);
  });
});

function decided(
  document: PolicyDocument,
  caller: Caller,
  { action, resource, context = {} }: Omit<Request, "caller">,
) {
  const secure = { "aws:SecureTransport": "true", ...context };
  return decide(policyText(document), { caller, action, resource, context: secure });
}

/** Whether anything above that is denied is not, or the deployer is kept from the settings. */
function isWeaker(document: PolicyDocument): boolean {
  const is = (caller: Caller, action: string, resource: string) =>
    decided(document, caller, { action, resource }) === "deny";
  return (
    Object.entries(callers).some(
      ([name, caller]) =>
        objectChanges.some((action) => !is(caller, action, record)) ||
        settings.some((action) => is(caller, action, bucket) === (name === "deployer")),
    ) ||
    decided(document, cloudTrail, {
      action: "s3:PutObject",
      resource: record,
      context: { "aws:SourceArn": trailOf("333333333333") },
    }) === "deny"
  );
}

describe("what auditors may of the archive", () => {
  const plan = samplePlan();
  const withoutQueries: Plan = {
    ...plan,
    organisation: {
      ...plan.organisation,
      stacks: plan.organisation.stacks.map((stack) =>
        stack.kind === "security" && stack.logArchive
          ? { ...stack, logArchive: { lockDays: 365, keepDays: 2557 } }
          : stack,
      ),
    },
  };
  const may = (of: Plan, account: string, action: string, resource: string) => {
    const auditor = new Access(of).person("auditors", account);
    return allowedByOwn(auditor, {
      caller: auditor,
      action,
      resource,
      context: { "s3:ResourceAccount": "111111111111" },
    });
  };

  it("is to copy it and to ask for CloudTrail's keys, where it is queried and where it is not", () => {
    for (const of of [plan, withoutQueries]) {
      assert.equal(may(of, "111111111111", "s3:GetObject", record), true);
      assert.equal(may(of, "111111111111", "s3:ListBucket", bucket), true);
      assert.equal(may(of, "111111111111", "cloudtrail:ListPublicKeys", "*"), true);
      assert.equal(may(of, "333333333333", "s3:GetObject", record), false);
    }
    const workgroup = "arn:aws:athena:eu-west-1:111111111111:workgroup/secrets-platform-audit";
    assert.equal(may(plan, "111111111111", "athena:StartQueryExecution", workgroup), true);
    assert.equal(may(withoutQueries, "111111111111", "athena:StartQueryExecution", workgroup), false);
  });
});
