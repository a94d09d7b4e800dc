import type { Organisation, SecurityStack } from "../organisation/types";
import { accessLogPrefix } from "../plan/names";
import { recordsStay, settingsStay, tlsOnly } from "./archiveDenials";
import { policyDocument, type PolicyDocument } from "./policy";
import { fromService } from "./servicePrincipal";

/**
 * Policy of the bucket that Amazon S3 logs requests to the audit bucket in: S3 alone writes to it, for that bucket; TLS
 * only; nobody else touches what is in it.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general
 */
export function accessLogPolicy(
  organisation: Organisation,
  { account }: Pick<SecurityStack, "account">,
  bucket: string,
  archive: string,
): PolicyDocument {
  const [bucketArn, archiveArn] = [bucket, archive].map(
    (name) => `arn:${organisation.partition}:s3:::${name}`,
  ) as [string, string];
  return policyDocument([
    {
      Sid: "LogsWrite",
      Effect: "Allow",
      ...fromService("bucket", "logging.s3", { "aws:SourceAccount": account, "aws:SourceArn": archiveArn }),
      Action: "s3:PutObject",
      Resource: `${bucketArn}/${accessLogPrefix}*`,
    },
    tlsOnly(bucketArn),
    recordsStay(bucketArn, archiveArn),
    settingsStay(organisation, bucketArn),
  ]);
}
