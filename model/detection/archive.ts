import { archiveBucketPrefix, archiveQueryNames } from "../plan/names";
import { callRule, issuedByOthers } from "./callRule";
import { byOthers, recordingMetric } from "./changes";
import type { DeclaredAlarm, Family } from "./declaration";
import type { EventPattern } from "./eventPattern";
import { all, any, equals, filterPattern, isFalse, oneOf } from "./filterPattern";
import { notByService } from "./records";
import type { EventRule } from "./types";
import type { WatchedAccount } from "./watchedAccount";

/**
 * What hides, forges or loosens the records of the audit bucket, or shows others in their place; nothing in a workload
 * account, where no archive is. Attempts count as well: policies refuse nearly all of them, and nobody makes one by
 * mistake.
 */
export const archive: Family = (account) => {
  if (account.environment !== undefined) return [];
  const others = byOthers(account);
  return [
    {
      counts: {
        metric: recordingMetric,
        filters: [{ id: "archive-weakened", pattern: filterPattern(all(ofBucket, ...others)) }],
      },
    },
    {
      counts: {
        metric: "ArchiveTouched",
        filters: [
          // The deployer is not exempt: no deployment touches a record.
          { id: "archive-records-changed", pattern: filterPattern(all(ofRecords, notByService)) },
          { id: "archive-reading-changed", pattern: filterPattern(all(ofQueries, ...others)) },
        ],
      },
      alarm: touched,
      rule: archiveTouched(account),
    },
  ];
};

const inBucket = all(
  equals("eventSource", "s3.amazonaws.com"),
  equals("requestParameters.bucketName", `${archiveBucketPrefix}*`),
);

/** CloudTrail calls every setting of a bucket `PutBucket…`, whatever the API calls it. */
const ofBucket = all(inBucket, oneOf("eventName", ["PutBucket*", "DeleteBucket*"]));

/**
 * Every call on an object but those that read; CloudTrail's own come as `AWSService`.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
const ofRecords = all(inBucket, equals("eventCategory", "Data"), isFalse("readOnly"));

const { database, workgroup } = archiveQueryNames;
const workgroupCalls = ["UpdateWorkGroup", "DeleteWorkGroup"];

/** Where the archive's table points, and where what queries find is written. */
const ofQueries = any(
  all(
    equals("eventSource", "glue.amazonaws.com"),
    isFalse("readOnly"),
    any(equals("requestParameters.databaseName", database), equals("requestParameters.name", database)),
  ),
  all(
    equals("eventSource", "athena.amazonaws.com"),
    oneOf("eventName", workgroupCalls),
    equals("requestParameters.workGroup", workgroup),
  ),
);

const touched: DeclaredAlarm = {
  id: "archive-touched",
  runbook:
    "Somebody deleted, hid, wrote over, relocked or copied into records of the audit bucket, changed what audits query, or tried to; nobody but CloudTrail writes there. " +
    "First: find who and which file in the trail's log group, and revoke their sessions in IAM. " +
    "What is hidden or written over is an older version of the same file, and `aws s3api get-object --version-id` reads it; `pulumi up --refresh --policy-pack policies` puts the bucket's settings, table and workgroup back. " +
    "Then `npx platform audit --verify` over a copy of the archive says which files are as CloudTrail wrote them.",
  trigger: { kind: "count", atLeast: 1, minutes: 5 },
};

/** The same calls for EventBridge, and what of the bucket's settings was refused, which no other rule tells. */
function archiveTouched(account: WatchedAccount): EventRule {
  const bucketName = [{ prefix: archiveBucketPrefix }];
  const others = issuedByOthers(account, account.deployers);
  const glue = (parameters: EventPattern): EventPattern => ({
    ...others,
    eventSource: ["glue.amazonaws.com"],
    readOnly: [false],
    requestParameters: parameters,
  });
  return callRule(
    "archive-touched",
    "A record of the audit bucket, or what audits query, was changed, or somebody tried to: is it known to you?",
    {
      $or: [
        {
          eventSource: ["s3.amazonaws.com"],
          eventCategory: ["Data"],
          readOnly: [false],
          userIdentity: { type: [{ "anything-but": ["AWSService"] }] },
          requestParameters: { bucketName },
        },
        {
          ...others,
          eventSource: ["s3.amazonaws.com"],
          eventName: [{ prefix: "PutBucket" }, { prefix: "DeleteBucket" }],
          errorCode: [{ exists: true }],
          requestParameters: { bucketName },
        },
        glue({ $or: [{ databaseName: [database] }, { name: [database] }] }),
        {
          ...others,
          eventSource: ["athena.amazonaws.com"],
          eventName: workgroupCalls,
          requestParameters: { workGroup: [workgroup] },
        },
      ],
    },
  );
}
