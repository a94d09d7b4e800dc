import {
  logArchiveBucketPolicy,
  logArchiveKeyPolicy,
} from "../../../../../model/documents/logArchivePolicies";
import {
  type DecidedDocuments,
  less,
  organisation,
  plainText,
  prod,
  role,
  security,
  service,
  stranger,
  tls,
  withContext,
} from "./decided";

const bucket = "arn:aws:s3:::secrets-platform-trails-0a1b2c3d";
const trail = (account: string) => `arn:aws:cloudtrail:eu-west-1:${account}:trail/secrets-platform`;
const written = { ...tls, "aws:SourceArn": trail(prod), "s3:x-amz-acl": "bucket-owner-full-control" };
const encrypted = { "aws:SourceArn": trail(prod), "kms:EncryptionContext:aws:cloudtrail:arn": trail(prod) };
const auditor = role(security, "platform/secrets-auditors");
const throughS3 = { "kms:ViaService": "s3.eu-west-1.amazonaws.com" };
const workgroup = `arn:aws:athena:eu-west-1:${security}:workgroup/secrets-platform-audit`;
const results = {
  "aws:SourceAccount": security,
  "aws:SourceArn": workgroup,
  "kms:EncryptionContext:aws:athena:arn": workgroup,
};
const athena = service("encryption.athena");

/** The records of all accounts. */
export const archive: DecidedDocuments = {
  "the audit bucket": {
    document: logArchiveBucketPolicy(organisation, "secrets-platform-trails-0a1b2c3d"),
    elsewhere: ["LocksHold", "RecordsStay", "SettingsStay"],
    calls: [
      {
        who: "a trail asks whose bucket it is",
        caller: service("cloudtrail"),
        action: "s3:GetBucketAcl",
        resource: bucket,
        context: { ...tls, "aws:SourceArn": trail(prod) },
        but: { "of a stranger": { context: { ...tls, "aws:SourceArn": trail(stranger) } } },
      },
      {
        who: "a trail writes",
        caller: service("cloudtrail"),
        action: "s3:PutObject",
        resource: `${bucket}/AWSLogs/${prod}/CloudTrail/any.json.gz`,
        context: written,
        but: {
          "of a stranger": withContext(written, { "aws:SourceArn": trail(stranger) }),
          "below another account": { resource: `${bucket}/AWSLogs/${stranger}/CloudTrail/any.json.gz` },
          "without handing it over": less(written, "s3:x-amz-acl"),
          "in plain text": { ...withContext(written, plainText), is: "deny" },
        },
      },
      {
        who: "an auditor reads by a policy of its own",
        caller: auditor,
        action: "s3:GetObject",
        resource: `${bucket}/AWSLogs/any`,
        context: tls,
        is: "nothing",
        but: { "in plain text": { context: plainText, is: "deny" } },
      },
    ],
  },
  "the archive's key": {
    document: logArchiveKeyPolicy(organisation, {
      account: security,
      logArchive: { lockDays: 1, keepDays: 2, queries: { scanLimitGigabytes: 1 } },
    }),
    calls: [
      {
        who: "the deployer looks after it",
        caller: role(security, "platform-deployer"),
        action: "kms:PutKeyPolicy",
        resource: "*",
        but: {
          "another role": { caller: role(security, "Administrator") },
          "to decrypt": { action: "kms:Decrypt" },
        },
      },
      {
        who: "a trail encrypts",
        caller: service("cloudtrail"),
        action: "kms:GenerateDataKey",
        resource: "*",
        context: encrypted,
        but: {
          "of a stranger": withContext(encrypted, { "aws:SourceArn": trail(stranger) }),
          "what is a stranger's": withContext(encrypted, {
            "kms:EncryptionContext:aws:cloudtrail:arn": trail(stranger),
          }),
          "to decrypt": { action: "kms:Decrypt" },
        },
      },
      {
        who: "a trail asks for it",
        caller: service("cloudtrail"),
        action: "kms:DescribeKey",
        resource: "*",
        context: { "aws:SourceArn": trail(prod) },
        but: { "of a stranger": { context: { "aws:SourceArn": trail(stranger) } } },
      },
      {
        who: "an auditor decrypts through S3",
        caller: auditor,
        action: "kms:Decrypt",
        resource: "*",
        context: throughS3,
        but: {
          "without S3": { context: {} },
          "a developer": { caller: role(security, "platform/secrets-developers") },
          "an auditor of another account": { caller: role(prod, "platform/secrets-auditors") },
        },
      },
      {
        who: "Athena encrypts what a query found",
        caller: athena,
        action: "kms:GenerateDataKey",
        resource: "*",
        context: results,
        but: {
          "for another account": withContext(results, { "aws:SourceAccount": stranger }),
          "for another workgroup": withContext(results, { "aws:SourceArn": `${workgroup}-2` }),
          "what is another workgroup's": withContext(results, {
            "kms:EncryptionContext:aws:athena:arn": `${workgroup}-2`,
          }),
        },
      },
      {
        who: "Athena asks for it",
        caller: athena,
        action: "kms:DescribeKey",
        resource: "*",
        context: less(results, "kms:EncryptionContext:aws:athena:arn").context!,
        but: {
          "for another account": withContext(results, { "aws:SourceAccount": stranger }),
          "for another workgroup": withContext(results, { "aws:SourceArn": `${workgroup}-2` }),
        },
      },
      {
        who: "an auditor reads what a query found",
        caller: auditor,
        action: "kms:Decrypt",
        resource: "*",
        context: { "kms:EncryptionContext:aws:athena:arn": workgroup },
        but: {
          "of another workgroup": { context: { "kms:EncryptionContext:aws:athena:arn": `${workgroup}-2` } },
          "a developer": { caller: role(security, "platform/secrets-developers") },
        },
      },
    ],
  },
};
