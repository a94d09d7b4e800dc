import type { Organisation } from "../organisation/types";
import { arn } from "../plan/arns";
import { trailLogGroupName, trailName } from "../plan/names";
import { accountPlace } from "./accountHoldings";
import { policyDocument, type PolicyDocument } from "./policy";
import { serviceTrust } from "./trustPolicies";

/** Who may assume the role of an account's trail: CloudTrail, for that trail. */
export function trailRoleTrust(organisation: Organisation, account: string): PolicyDocument {
  const trail = arn("cloudtrail", accountPlace(organisation, account), `trail/${trailName}`);
  return serviceTrust("cloudtrail", {
    StringEquals: { "aws:SourceAccount": account },
    ArnEquals: { "aws:SourceArn": trail },
  });
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
