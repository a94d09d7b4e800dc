import type { Organisation } from "../organisation/types";
import { arn } from "../plan/arns";
import { trailName } from "../plan/names";
import { deployerArns } from "./people";
import type { ResourceStatement } from "./policy";

/**
 * What buckets of records deny whoever may do it by a policy of their own: to hide, change, forge or unlock a record, to
 * everybody but what writes them; to change the bucket, to everybody but the deployer. Neither names an
 * account more than once, so that they do not grow. What a lifecycle rule does asks no policy, which is why its versions
 * are kept as long as records; the root user may change a bucket's policy whatever it says, which the organisation's
 * policy forbids.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html
 */
export function archiveDenials(organisation: Organisation, bucketArn: string): readonly ResourceStatement[] {
  const trails = arn("cloudtrail", { ...organisation, account: "*" }, `trail/${trailName}`);
  return [recordsStay(bucketArn, trails), settingsStay(organisation, bucketArn)];
}

/** `writer` is the ARN, or a pattern, of the one thing that AWS writes records for. */
export function recordsStay(bucketArn: string, writer: string): ResourceStatement {
  return {
    Sid: "RecordsStay",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: [
      "s3:Abort*",
      "s3:Delete*",
      "s3:Initiate*",
      "s3:ObjectOwner*",
      "s3:Put*",
      "s3:Replicate*",
      "s3:Restore*",
      "s3:Update*",
    ],
    Resource: `${bucketArn}/*`,
    Condition: { ArnNotLike: { "aws:SourceArn": writer } },
  };
}

export function settingsStay(organisation: Organisation, bucketArn: string): ResourceStatement {
  return {
    Sid: "SettingsStay",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: ["s3:Create*", "s3:Delete*", "s3:Put*", "s3:Tag*", "s3:Untag*", "s3:Update*"],
    Resource: bucketArn,
    Condition: { ArnNotLike: { "aws:PrincipalArn": deployerArns(organisation, holderOf(organisation)) } },
  };
}

export function tlsOnly(bucketArn: string): ResourceStatement {
  return {
    Sid: "TlsOnly",
    Effect: "Deny",
    Principal: { AWS: "*" },
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/** Account of the archive. */
function holderOf({ stacks }: Organisation): string {
  const holder = stacks.find((stack) => stack.kind === "security" && stack.logArchive !== undefined);
  if (holder === undefined) throw new Error("no security stack holds the audit bucket");
  return holder.account;
}
