import assert from "node:assert/strict";
import { RandomId } from "@pulumi/random";
import { AuditTrail, type AuditTrailArgs } from "../../../components/account/auditTrail";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { keyArn, policyNamed, policyTooLong, tags } from "../support/organisation";
import { settle } from "../support/settle";

const archiveKey = "arn:aws:kms:eu-west-1:444444444444:key/99999999-2222-3333-4444-555555555555";

const args: AuditTrailArgs = {
  trailName: "secrets-platform",
  archive: { bucketName: "secrets-platform-trails-01234567", keyArn: archiveKey },
  logGroupName: "/secrets-platform/trail",
  logs: { retentionDays: 365, keyArn },
  role: { name: "secrets-platform-trail", trust: policyNamed("Trust"), policy: policyNamed("Write") },
  tags,
};

describe("AuditTrail", () => {
  it("records everything, validated and encrypted, to the archive and to a log group", async () => {
    const { created, named, result } = await runProgram(() => new AuditTrail("trail", args));
    assert.deepEqual(created, [
      "aws:cloudtrail/trail:Trail trail-trail",
      "aws:cloudwatch/logGroup:LogGroup trail-logs",
      "aws:iam/role:Role trail-role",
      "aws:iam/rolePolicy:RolePolicy trail-policy",
    ]);
    assert.deepEqual(named("trail-trail").inputs, {
      name: "secrets-platform",
      s3BucketName: "secrets-platform-trails-01234567",
      kmsKeyId: archiveKey,
      cloudWatchLogsGroupArn: "arn:aws:logs:eu-west-1:111111111111:log-group:/secrets-platform/trail:*",
      cloudWatchLogsRoleArn: "arn:aws:iam::111111111111:role/platform/secrets-platform-trail",
      enableLogging: true,
      enableLogFileValidation: true,
      isMultiRegionTrail: true,
      includeGlobalServiceEvents: true,
      advancedEventSelectors: [
        {
          name: "Every management event, reads and uses of keys included",
          fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
        },
      ],
      tags,
    });
    assert.deepEqual(named("trail-logs").inputs, {
      name: "/secrets-platform/trail",
      retentionInDays: 365,
      kmsKeyId: keyArn,
      tags,
    });
    const { assumeRolePolicy, path } = named("trail-role").inputs;
    assert.deepEqual([assumeRolePolicy, path], [JSON.stringify(policyNamed("Trust")), "/platform/"]);
    assert.equal(named("trail-policy").inputs.policy, JSON.stringify(policyNamed("Write")));
    assert.deepEqual(await settle(result.logGroupName), ["/secrets-platform/trail"]);
  });

  it("records what changes the objects of a bucket too, where it is given one", async () => {
    const changesOf = "arn:aws:s3:::secrets-platform-trails-01234567/";
    const { named } = await runProgram(() => new AuditTrail("trail", { ...args, changesOf }));
    assert.deepEqual(named("trail-trail").inputs.advancedEventSelectors, [
      {
        name: "Every management event, reads and uses of keys included",
        fieldSelectors: [{ field: "eventCategory", equals: ["Management"] }],
      },
      {
        name: "Every change of an object in the audit bucket",
        fieldSelectors: [
          { field: "eventCategory", equals: ["Data"] },
          { field: "resources.type", equals: ["AWS::S3::Object"] },
          { field: "resources.ARN", startsWiths: [changesOf] },
          { field: "readOnly", equals: ["false"] },
        ],
      },
    ]);
  });

  it("waits for the role's policy and for the bucket's", async () => {
    const { named } = await runProgram(() => {
      const ready = new RandomId("bucket-policy", { byteLength: 4 });
      return new AuditTrail("trail", { ...args, archive: { ...args.archive, ready } });
    });
    const { dependsOn } = named("trail-trail");
    for (const name of ["bucket-policy", "trail-policy", "trail-logs"])
      assert.ok(dependsOn.includes(name), name);
  });

  it("rejects all that is wrong at once", async () => {
    const { result } = await runProgram(() =>
      rejected(
        () =>
          new AuditTrail("trail", {
            trailName: "a--b",
            archive: { bucketName: "arn:aws:s3:::x", keyArn: "alias/log-archive" },
            logGroupName: "aws/trail",
            logs: { retentionDays: 42, keyArn: "alias/operations" },
            role: { name: "a/b", trust: policyTooLong(), policy: policyTooLong() },
            changesOf: "arn:aws:s3:::",
            tags: {},
          }),
      ),
    );
    assert.deepEqual(Object.keys(result), [
      "trailName",
      "archive.bucketName",
      "archive.keyArn",
      "logGroupName",
      "logs.retentionDays",
      "logs.keyArn",
      "role.name",
      "role.trust",
      "role.policy",
      "changesOf",
      "tags",
    ]);
  });
});
