import type { Organisation } from "../organisation/types";
import { arn } from "../plan/arns";
import { trailLogGroupName } from "../plan/names";
import { accountPlace } from "./accountHoldings";
import { policyDocument, type PolicyDocument } from "./policy";
import { serviceTrust } from "./serviceTrust";

/**
 * Who may assume the role of an account's trail: CloudTrail, which does not say for which trail. A trail of another
 * account cannot be given this role, since iam:PassRole ends at an account's border; and all the role may do is to
 * write to one log group's streams.
 */
export function trailRoleTrust(): PolicyDocument {
  return serviceTrust("cloudtrail");
}

/**
 * What it may do: write to the streams that CloudTrail names after account and region.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function trailRolePolicy(organisation: Organisation, account: string): PolicyDocument {
  const place = accountPlace(organisation, account);
  const streams = `log-group:${trailLogGroupName}:log-stream:${account}_CloudTrail_${place.region}*`;
  return policyDocument([
    {
      Sid: "WriteRecords",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: arn("logs", place, streams),
    },
  ]);
}
