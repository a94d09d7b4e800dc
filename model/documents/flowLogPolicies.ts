import { arn, logGroupArn, type Place } from "../plan/arns";
import { flowLogGroupName } from "../plan/names";
import { policyDocument, type PolicyDocument } from "./policy";
import { serviceTrust } from "./serviceTrust";

/**
 * Who may assume the role by which a network's flow logs are written: VPC Flow Logs, for flow logs of this account and
 * region. Which one is not known before it is made, and it takes the role when it is.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function flowLogTrust(place: Place): PolicyDocument {
  return serviceTrust("vpc-flow-logs", {
    "aws:SourceAccount": place.account,
    "aws:SourceArn": arn("ec2", place, "vpc-flow-log/*"),
  });
}

/**
 * What it may do: all that AWS's page says it must, to the one group, and to see which groups there are.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export function flowLogPolicy(place: Place): PolicyDocument {
  const group = logGroupArn(place, flowLogGroupName);
  return policyDocument([
    {
      Sid: "WriteRecords",
      Effect: "Allow",
      Action: ["logs:CreateLogGroup", "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      Resource: [group, `${group}:*`],
    },
    {
      Sid: "FindGroup",
      Effect: "Allow",
      Action: "logs:DescribeLogGroups",
      Resource: arn("logs", place, "log-group:*"),
    },
  ]);
}
