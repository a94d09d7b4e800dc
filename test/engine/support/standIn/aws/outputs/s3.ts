import { settingOf, type OutputRow, type OutputTable } from "./table";

const bucket: OutputRow = {
  id: (r) => r.text("bucket"),
  outputs: (r) => ({
    arn: `arn:${r.target.partition}:s3:::${r.text("bucket")}`,
    bucketDomainName: `${r.text("bucket")}.s3.${r.domain()}`,
    bucketRegionalDomainName: `${r.text("bucket")}.s3.${r.target.region}.${r.domain()}`,
    bucketRegion: r.target.region,
    hostedZoneId: `Z${r.alphanumeric(13).toUpperCase()}`,
  }),
};

/** Settings of a bucket that are resources of their own, and go by the bucket's name. */
const settings = [
  "bucketAcl:BucketAcl",
  "bucketLifecycleConfiguration:BucketLifecycleConfiguration",
  "bucketLogging:BucketLogging",
  "bucketNotification:BucketNotification",
  "bucketObjectLockConfiguration:BucketObjectLockConfiguration",
  "bucketOwnershipControls:BucketOwnershipControls",
  "bucketPolicy:BucketPolicy",
  "bucketPublicAccessBlock:BucketPublicAccessBlock",
  "bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration",
  "bucketVersioning:BucketVersioning",
];

export const s3: OutputTable = {
  "aws:s3/bucket:Bucket": bucket,
  "aws:s3/bucketV2:BucketV2": bucket,
  ...Object.fromEntries(settings.map((name) => [`aws:s3/${name}`, settingOf("bucket")])),
};
