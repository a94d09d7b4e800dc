import type { Organisation, SecurityStack } from "../organisation/types";
import { arn, viaService } from "../plan/arns";
import { archiveQueryNames, trailName } from "../plan/names";
import { archiveDenials, tlsOnly } from "./archiveDenials";
import { keyAdministration } from "./keyAdministration";
import { accountPrincipal } from "../plan/arns";
import { platformRoleArn } from "./people";
import { policyDocument, type PolicyDocument, type ResourceStatement } from "./policy";
import { fromService } from "./servicePrincipal";

/**
 * Policy of the bucket that all accounts' trails write to: each trail by name, TLS only. Nobody else touches what is in
 * it, and nobody lifts an object's lock; who tries, or changes this policy for it, raises an alarm.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function logArchiveBucketPolicy(organisation: Organisation, bucket: string): PolicyDocument {
  const bucketArn = `arn:${organisation.partition}:s3:::${bucket}`;
  const trails = trailArns(organisation);
  const trailsWrite = fromService("bucket", "cloudtrail", { "aws:SourceArn": trails });
  return policyDocument([
    {
      Sid: "TrailsCheck",
      Effect: "Allow",
      ...trailsWrite,
      Action: "s3:GetBucketAcl",
      Resource: bucketArn,
    },
    {
      Sid: "TrailsWrite",
      Effect: "Allow",
      Principal: trailsWrite.Principal,
      Action: "s3:PutObject",
      Resource: accounts(organisation).map((account) => `${bucketArn}/AWSLogs/${account}/*`),
      Condition: { ...trailsWrite.Condition, StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    tlsOnly(bucketArn),
    {
      Sid: "LocksHold",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "s3:BypassGovernanceRetention",
      Resource: `${bucketArn}/*`,
    },
    ...archiveDenials(organisation, bucketArn),
  ]);
}

/**
 * Policy of the key over that bucket: trails encrypt, auditors of the holding account decrypt through Amazon S3. Where
 * the archive can be queried, results are under it as well.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function logArchiveKeyPolicy(
  organisation: Organisation,
  { account, logArchive }: Pick<SecurityStack, "account" | "logArchive">,
): PolicyDocument {
  const fromTrails = fromService("key", "cloudtrail", { "aws:SourceArn": trailArns(organisation) });
  return policyDocument([
    keyAdministration(organisation, account),
    {
      Sid: "TrailsEncrypt",
      Effect: "Allow",
      Principal: fromTrails.Principal,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: { ...fromTrails.Condition, StringLike: { [trailContext]: trailContexts(organisation) } },
    },
    {
      Sid: "TrailsDescribe",
      Effect: "Allow",
      ...fromTrails,
      Action: "kms:DescribeKey",
      Resource: "*",
    },
    {
      Sid: "AuditorsDecrypt",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal({ ...organisation, account }) },
      Action: "kms:Decrypt",
      Resource: "*",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": platformRoleArn(organisation, account, "auditors") },
        StringEquals: { "kms:ViaService": viaService("s3", organisation) },
      },
    },
    ...(logArchive?.queries === undefined ? [] : resultsEncryption(organisation, account)),
  ]);
}

/**
 * Athena encrypts what queries find, in the name of whoever asks and in its own.
 * https://docs.aws.amazon.com/athena/latest/ug/managed-results.html
 */
function resultsEncryption(organisation: Organisation, account: string): readonly ResourceStatement[] {
  const place = { ...organisation, account };
  const workgroup = arn("athena", place, `workgroup/${archiveQueryNames.workgroup}`);
  const context = { [resultsContext]: workgroup };
  const fromAthena = fromService("key", "encryption.athena", {
    "aws:SourceAccount": account,
    "aws:SourceArn": workgroup,
  });
  return [
    {
      Sid: "ResultsEncrypt",
      Effect: "Allow",
      Principal: fromAthena.Principal,
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: { ...fromAthena.Condition, ArnEquals: context },
    },
    // A call that describes a key carries no encryption context.
    { Sid: "ResultsDescribe", Effect: "Allow", ...fromAthena, Action: "kms:DescribeKey", Resource: "*" },
    {
      Sid: "AuditorsReadResults",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal(place) },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "aws:PrincipalArn": platformRoleArn(organisation, account, "auditors"),
          ...context,
        },
      },
    },
  ];
}

/** Results carry their workgroup's ARN in the encryption context. */
export const resultsContext = "kms:EncryptionContext:aws:athena:arn";

/** A trail's log files carry its ARN in the encryption context. */
export const trailContext = "kms:EncryptionContext:aws:cloudtrail:arn";

export function trailContexts(organisation: Organisation): readonly string[] {
  return accounts(organisation).map((owner) =>
    arn("cloudtrail", { ...organisation, region: "*", account: owner }, "trail/*"),
  );
}

function trailArns(organisation: Organisation): readonly string[] {
  return accounts(organisation).map((account) =>
    arn("cloudtrail", { ...organisation, account }, `trail/${trailName}`),
  );
}

function accounts(organisation: Organisation): readonly string[] {
  return [...new Set(organisation.stacks.map(({ account }) => account))];
}
