import type { Organisation } from "../organisation/types";
import { arn, servicePrincipal } from "../plan/arns";
import { trailName } from "../plan/names";
import { keyAdministration } from "./keyAdministration";
import { accountPrincipal } from "../plan/arns";
import { platformRoleArn } from "./people";
import { policyDocument, type PolicyDocument } from "./policy";

/**
 * Policy of the bucket that all accounts' trails write to: each trail by name, TLS only.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function logArchiveBucketPolicy(organisation: Organisation, bucket: string): PolicyDocument {
  const bucketArn = `arn:${organisation.partition}:s3:::${bucket}`;
  const trails = trailArns(organisation);
  return policyDocument([
    {
      Sid: "TrailsCheck",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("cloudtrail") },
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
      Condition: { StringEquals: { "aws:SourceArn": trails } },
    },
    {
      Sid: "TrailsWrite",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("cloudtrail") },
      Action: "s3:PutObject",
      Resource: accounts(organisation).map((account) => `${bucketArn}/AWSLogs/${account}/*`),
      Condition: {
        StringEquals: { "aws:SourceArn": trails, "s3:x-amz-acl": "bucket-owner-full-control" },
      },
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:*",
      Resource: [bucketArn, `${bucketArn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}

/**
 * Policy of the key over that bucket: trails encrypt, auditors of the holding account decrypt through Amazon S3.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function logArchiveKeyPolicy(organisation: Organisation, account: string): PolicyDocument {
  const trails = trailArns(organisation);
  return policyDocument([
    keyAdministration(organisation, account),
    {
      Sid: "TrailsEncrypt",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("cloudtrail") },
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: { "aws:SourceArn": trails },
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": accounts(organisation).map((owner) =>
            arn("cloudtrail", { ...organisation, region: "*", account: owner }, "trail/*"),
          ),
        },
      },
    },
    {
      Sid: "TrailsDescribe",
      Effect: "Allow",
      Principal: { Service: servicePrincipal("cloudtrail") },
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: { StringEquals: { "aws:SourceArn": trails } },
    },
    {
      Sid: "AuditorsDecrypt",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal({ ...organisation, account }) },
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": platformRoleArn(organisation, account, "auditors") },
        StringEquals: { "kms:ViaService": `s3.${organisation.region}.amazonaws.com` },
      },
    },
  ]);
}

function trailArns(organisation: Organisation): readonly string[] {
  return accounts(organisation).map((account) =>
    arn("cloudtrail", { ...organisation, account }, `trail/${trailName}`),
  );
}

function accounts(organisation: Organisation): readonly string[] {
  return [...new Set(organisation.stacks.map(({ account }) => account))];
}
