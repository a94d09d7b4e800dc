import {
  type Bucket,
  BucketLifecycleConfiguration,
  BucketOwnershipControls,
  BucketPolicy,
  BucketPublicAccessBlock,
  BucketVersioning,
} from "@pulumi/aws/s3";
import type { Output, Resource } from "@pulumi/pulumi";
import { type PolicyDocument, policyText } from "../../model/documents/policy";

/** Settings that every bucket of records has: children `{name}-…` of a component. */

export function versioned(name: string, bucket: Bucket, parent: Resource): BucketVersioning {
  return new BucketVersioning(
    `${name}-versioning`,
    { bucket: bucket.bucket, versioningConfiguration: { status: "Enabled" } },
    { parent },
  );
}

/**
 * Expiry only hides an object of a versioned bucket, and so does whoever deletes or overwrites one. What is hidden stays
 * as long again as a record is kept, since these rules ask neither policy nor, past its lock, anything else.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/intro-lifecycle-rules.html
 */
export function expiring(
  name: string,
  bucket: Bucket,
  { days, versioning }: { readonly days: number; readonly versioning: Resource },
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

/** Without access lists, and closed to the public; then under its policy, as S3 refuses changes of both at once. */
export function closed(
  name: string,
  bucket: Bucket,
  policy: Output<PolicyDocument>,
  parent: Resource,
): BucketPolicy {
  const ownership = new BucketOwnershipControls(
    `${name}-ownership`,
    { bucket: bucket.bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    { parent },
  );
  const access = new BucketPublicAccessBlock(
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
  return new BucketPolicy(
    `${name}-bucket-policy`,
    { bucket: bucket.bucket, policy: policy.apply(policyText) },
    { parent, dependsOn: [access] },
  );
}
