import { coversAction } from "../../model/aws/patterns";

/**
 * Actions for which IAM knows no resource, so that only `*` can stand in `Resource`. By service, from "Actions,
 * resources, and condition keys" (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html).
 * Kept to what programs around configuration use; an action that is missing here is reported, and may be added.
 */
const actionsWithoutResources: readonly string[] = [
  "access-analyzer:ValidatePolicy",
  "account:ListRegions",
  "cloudtrail:DescribeTrails",
  "cloudtrail:ListPublicKeys",
  "cloudtrail:ListTrails",
  "cloudtrail:LookupEvents",
  "cloudwatch:GetMetricData",
  "cloudwatch:GetMetricStatistics",
  "cloudwatch:ListMetrics",
  "cloudwatch:PutMetricData",
  "codebuild:ListBuilds",
  "codebuild:ListProjects",
  "config:Describe*",
  "ec2:Describe*",
  "ec2:GetEbsEncryptionByDefault",
  "ec2messages:*",
  "ecr:GetAuthorizationToken",
  "ecr-public:GetAuthorizationToken",
  "ecs:CreateCluster",
  "ecs:DeregisterTaskDefinition",
  "ecs:DescribeTaskDefinition",
  "ecs:DiscoverPollEndpoint",
  "ecs:ListClusters",
  "ecs:ListTaskDefinitions",
  "events:ListEventBuses",
  "iam:GetAccountAuthorizationDetails",
  "iam:GetAccountSummary",
  "iam:ListAccountAliases",
  "iam:ListPolicies",
  "iam:ListRoles",
  "iam:ListUsers",
  "kms:CreateKey",
  "kms:GenerateRandom",
  "kms:ListAliases",
  "kms:ListKeys",
  "lambda:GetAccountSettings",
  "lambda:ListFunctions",
  "logs:DescribeQueries",
  "logs:GetLogDelivery",
  "logs:GetQueryResults",
  "logs:ListLogDeliveries",
  "logs:StopQuery",
  "organizations:DescribeOrganization",
  "organizations:ListAccounts",
  "organizations:ListRoots",
  "ram:GetResourceShareAssociations",
  "ram:GetResourceShares",
  "s3:ListAllMyBuckets",
  "secretsmanager:BatchGetSecretValue",
  "secretsmanager:GetRandomPassword",
  "secretsmanager:ListSecrets",
  "sns:ListSubscriptions",
  "sns:ListTopics",
  "ssm:DescribeParameters",
  "ssmmessages:*",
  "sts:DecodeAuthorizationMessage",
  "sts:GetCallerIdentity",
  "sts:GetSessionToken",
  "tag:GetResources",
  "tag:GetTagKeys",
  "tag:GetTagValues",
  "xray:GetSampling*",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

const decided = new Map<string, boolean>();

/** Can no narrower `Resource` than `*` be written for the action, or for all that a pattern of actions covers? */
export function takesNoResource(action: string): boolean {
  let answer = decided.get(action);
  if (answer === undefined) {
    answer = actionsWithoutResources.some((pattern) => coversAction(pattern, action));
    decided.set(action, answer);
  }
  return answer;
}
