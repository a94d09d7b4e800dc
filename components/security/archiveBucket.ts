import {
  Bucket,
  BucketObjectLockConfiguration,
  type BucketPolicy,
  BucketServerSideEncryptionConfiguration,
} from "@pulumi/aws/s3";
import type { Input, Output, Resource } from "@pulumi/pulumi";
import type { PolicyDocument } from "../../model/documents/policy";
import type { Tags } from "../argumentRules";
import { closed, expiring, versioned } from "./bucketSettings";

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
  const versioning = versioned(name, bucket, parent);
  lockObjects(name, bucket, { days: args.lockDays, versioning }, parent);
  encryptObjects(name, bucket, args.keyArn, parent);
  expiring(name, bucket, { days: args.keepDays, versioning }, parent);
  return { bucket, policy: closed(name, bucket, bucket.bucket.apply(args.bucketPolicy), parent) };
}

function lockObjects(
  name: string,
  bucket: Bucket,
  { days, versioning }: { readonly days: number; readonly versioning: Resource },
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
