import { Bucket, BucketLogging, BucketServerSideEncryptionConfiguration } from "@pulumi/aws/s3";
import { all, interpolate, type Resource } from "@pulumi/pulumi";
import type { PolicyDocument } from "../../model/documents/policy";
import { accessLogPrefix, accessLogSuffix } from "../../model/plan/names";
import type { Tags } from "../argumentRules";
import { closed, expiring, versioned } from "./bucketSettings";

export interface AccessLogBucketArgs {
  /** The bucket whose requests are logged. */
  readonly of: Bucket;
  /** Policy of the bucket of the first name, for logs of the bucket of the second (`accessLogPolicy`). */
  readonly policy: (bucket: string, of: string) => PolicyDocument;
  readonly keepDays: number;
  readonly tags: Tags;
}

/**
 * Where Amazon S3 logs every request to another bucket, reads included, each log by the day of the requests in it. S3
 * takes neither a customer-managed key nor a lock for that, and delivers the logs within hours, as best effort.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function accessLogBucket(name: string, args: AccessLogBucketArgs, parent: Resource): void {
  const { of, keepDays, tags } = args;
  const bucket = new Bucket(
    `${name}-bucket`,
    { bucket: interpolate`${of.bucket}${accessLogSuffix}`, tags },
    { parent },
  );
  new BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { bucket: bucket.bucket, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    { parent },
  );
  expiring(name, bucket, { days: keepDays, versioning: versioned(name, bucket, parent) }, parent);
  const document = all([bucket.bucket, of.bucket]).apply(([own, logged]) => args.policy(own, logged));
  const policy = closed(name, bucket, document, parent);
  new BucketLogging(
    `${name}-logging`,
    {
      bucket: of.bucket,
      targetBucket: bucket.bucket,
      targetPrefix: accessLogPrefix,
      targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: "EventTime" } },
    },
    { parent, dependsOn: [policy] },
  );
}
