import {
  Bucket,
  BucketLifecycleConfiguration,
  BucketObjectLockConfiguration,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketServerSideEncryptionConfiguration,
  BucketVersioning,
} from "@pulumi/aws/s3";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import { type PolicyDocument, policyText } from "../../model/documents/policy";
import type { Tags } from "../argumentRules";

export interface ArchiveBucketArgs {
  readonly bucketName: Output<string>;
  readonly bucketPolicy: (bucket: string) => PolicyDocument;
  readonly keyArn: Input<string>;
  readonly lockDays: number;
  readonly keepDays: number;
  readonly tags: Tags;
}

/** The bucket of a LogArchive with each of its settings, and its policy, the last of them. */
export function archiveBucket(
  name: string,
  args: ArchiveBucketArgs,
  parent: Resource,
): { readonly bucket: Bucket; readonly policy: BucketPolicy } {
  const bucket = new Bucket(
    `${name}-bucket`,
    { bucket: args.bucketName, objectLockEnabled: true, tags: args.tags },
    { parent },
  );
  const versioning = new BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
  lockObjects(name, bucket, args.lockDays, versioning, parent);
  encryptObjects(name, bucket, args.keyArn, parent);
  expireObjects(name, bucket, args.keepDays, versioning, parent);
  const closed = closeToPublic(name, bucket, parent);
  const policy = new BucketPolicy(
    `${name}-bucket-policy`,
    { bucket: bucket.bucket, policy: bucket.bucket.apply((known) => policyText(args.bucketPolicy(known))) },
    // S3 refuses changes of both at the same time.
    { parent, dependsOn: [closed] },
  );
  return { bucket, policy };
}

function lockObjects(
  name: string,
  bucket: Bucket,
  days: number,
  versioning: Resource,
  parent: Resource,
): void {
  new BucketObjectLockConfiguration(
    `${name}-lock`,
    { bucket: bucket.bucket, rule: { defaultRetention: { mode: "GOVERNANCE", days } } },
    { parent, dependsOn: [versioning] },
  );
}

/**
 * Without a bucket key: CloudTrail would need kms:Decrypt for it, and its encryption context would name no trail.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
function encryptObjects(name: string, bucket: Bucket, keyArn: Input<string>, parent: Resource): void {
  new BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    {
      bucket: bucket.bucket,
      rules: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn },
          bucketKeyEnabled: false,
        },
      ],
    },
    { parent },
  );
}

/**
 * Expiry only hides an object of a versioned bucket, and so does whoever deletes or overwrites one. What is hidden stays
 * as long again as a record is kept, since these rules ask neither policy nor, past its lock, anything else.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
function expireObjects(
  name: string,
  bucket: Bucket,
  days: number,
  versioning: Resource,
  parent: Resource,
): void {
  new BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    {
      bucket: bucket.bucket,
      rules: [
        {
          id: "expire",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { days },
          noncurrentVersionExpiration: { noncurrentDays: days },
          abortIncompleteMultipartUpload: { daysAfterInitiation: 7 },
        },
        {
          id: "remove-markers",
          status: "Enabled",
          filter: { prefix: "" },
          expiration: { expiredObjectDeleteMarker: true },
        },
      ],
    },
    { parent, dependsOn: [versioning] },
  );
}

function closeToPublic(name: string, bucket: Bucket, parent: Resource): Resource {
  const ownership = new BucketOwnershipControls(
    `${name}-ownership`,
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  return new BucketPublicAccessBlock(
    `${name}-public-access`,
    {
      bucket: bucket.bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent, dependsOn: [ownership] },
  );
}
