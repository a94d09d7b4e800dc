import assert from "node:assert/strict";
import { LogArchive, type LogArchiveArgs } from "../../../components/security/logArchive";
import type { PolicyDocument } from "../../../model/documents/policy";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { policyNamed, policyTooLong, tags } from "../support/organisation";
import { settle } from "../support/settle";

const args: LogArchiveArgs = {
  bucketPrefix: "o-exampleorgid-log-archive",
  bucketPolicy: (bucket): PolicyDocument => policyNamed(bucket),
  accessLogPolicy: (own, logged) => policyNamed(`${own} for ${logged}`),
  keyPolicy: policyNamed("Trails"),
  deletionWindowDays: 30,
  lockDays: 365,
  keepDays: 2557,
  tags,
};

const bucket = "o-exampleorgid-log-archive-01234567";

describe("LogArchive", () => {
  it("makes the bucket, its settings, its policy and its key", async () => {
    const { created, named, result } = await runProgram(() => new LogArchive("archive", args));
    assert.deepEqual(created, [
      "aws:kms/alias:Alias archive-alias",
      "aws:kms/key:Key archive-key",
      "aws:s3/bucket:Bucket archive-access-bucket",
      "aws:s3/bucket:Bucket archive-bucket",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration archive-access-lifecycle",
      "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration archive-lifecycle",
      "aws:s3/bucketLogging:BucketLogging archive-access-logging",
      "aws:s3/bucketObjectLockConfiguration:BucketObjectLockConfiguration archive-lock",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls archive-access-ownership",
      "aws:s3/bucketOwnershipControls:BucketOwnershipControls archive-ownership",
      "aws:s3/bucketPolicy:BucketPolicy archive-access-bucket-policy",
      "aws:s3/bucketPolicy:BucketPolicy archive-bucket-policy",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock archive-access-public-access",
      "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock archive-public-access",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration archive-access-encryption",
      "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration archive-encryption",
      "aws:s3/bucketVersioning:BucketVersioning archive-access-versioning",
      "aws:s3/bucketVersioning:BucketVersioning archive-versioning",
      "random:index/randomId:RandomId archive-suffix",
    ]);
    assert.deepEqual(named("archive-bucket").inputs, { bucket, objectLockEnabled: true, tags });
    assert.equal(named("archive-key").inputs.policy, JSON.stringify(policyNamed("Trails")));
    assert.equal(named("archive-alias").inputs.name, "alias/log-archive");
    assert.deepEqual(await settle(result.bucketName, result.keyArn), [
      bucket,
      "arn:aws:kms:eu-west-1:111111111111:key/archive-key",
    ]);
  });

  it("locks, versions, encrypts, closes and expires", async () => {
    const { named } = await runProgram(() => new LogArchive("archive", args));
    assert.deepEqual(named("archive-lock").inputs, {
      bucket,
      rule: { defaultRetention: { mode: "GOVERNANCE", days: 365 } },
    });
    assert.deepEqual(named("archive-versioning").inputs, {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    assert.deepEqual(named("archive-encryption").inputs, {
      bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: {
            sseAlgorithm: "aws:kms",
            kmsMasterKeyId: "arn:aws:kms:eu-west-1:111111111111:key/archive-key",
          },
          bucketKeyEnabled: false,
        },
      ],
    });
    assert.deepEqual(named("archive-public-access").inputs, {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    assert.deepEqual(named("archive-ownership").inputs, {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    const [expire, markers] = named("archive-lifecycle").inputs.rules as Record<string, unknown>[];
    assert.deepEqual(expire?.expiration, { days: 2557 });
    assert.deepEqual(expire?.noncurrentVersionExpiration, { noncurrentDays: 2557 });
    assert.deepEqual(markers?.expiration, { expiredObjectDeleteMarker: true });
  });

  it("writes the policy for the bucket's final name, once it is closed to the public", async () => {
    const { named } = await runProgram(() => new LogArchive("archive", args));
    assert.equal(named("archive-bucket-policy").inputs.policy, JSON.stringify(policyNamed(bucket)));
    assert(named("archive-bucket-policy").dependsOn.includes("archive-public-access"));
  });

  it("has every request logged in a bucket of its own, which S3 can write to, kept as long as the records", async () => {
    const { named } = await runProgram(() => new LogArchive("archive", args));
    const own = `${bucket}-access`;
    assert.deepEqual(named("archive-access-logging").inputs, {
      bucket,
      targetBucket: own,
      targetPrefix: "requests/",
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    });
    assert(named("archive-access-logging").dependsOn.includes("archive-access-bucket-policy"));
    // A customer-managed key or a lock would keep S3 from writing.
    assert.deepEqual(named("archive-access-bucket").inputs, { bucket: own, tags });
    assert.deepEqual(named("archive-access-encryption").inputs, {
      bucket: own,
      rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
    });
    assert.equal(
      named("archive-access-bucket-policy").inputs.policy,
      JSON.stringify(policyNamed(`${own} for ${bucket}`)),
    );
    for (const [child, key] of [
      ["versioning", "versioningConfiguration"],
      ["lifecycle", "rules"],
      ["ownership", "rule"],
    ] as const) {
      assert.equal(named(`archive-access-${child}`).inputs.bucket, own);
      assert.deepEqual(named(`archive-access-${child}`).inputs[key], named(`archive-${child}`).inputs[key]);
    }
    const { bucket: closed, ...access } = named("archive-access-public-access").inputs;
    assert.equal(closed, own);
    assert(Object.values(access).every((value) => value === true));
  });

  it("hands protection on to every child", async () => {
    const { registrations } = await runProgram(() => new LogArchive("archive", args, { protect: true }));
    assert(registrations.every(({ protect }) => protect));
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new LogArchive("archive", {
            bucketPrefix: "Log_Archive",
            bucketPolicy: policyTooLong,
            accessLogPolicy: policyTooLong,
            keyPolicy: policyTooLong(),
            keyAlias: "log-archive",
            deletionWindowDays: 3,
            lockDays: 365,
            keepDays: 365,
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "bucketPrefix",
      "bucketPolicy",
      "accessLogPolicy",
      "keyPolicy",
      "keyAlias",
      "deletionWindowDays",
      "keepDays",
      "tags",
    ]);
  });
});
