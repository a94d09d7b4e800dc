import { arn, type Place } from "../plan/arns";
import type { IdentityStatement } from "./policy";

/**
 * What `platform access --live` asks for: who may read values, and no value. Regions are open, since copies of secrets and
 * keys lie in several.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awskeymanagementservice.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsresourceaccessmanagerram.html
 */
export function policyReading(place: Place): readonly IdentityStatement[] {
  const anywhere = { ...place, region: "*" };
  return [
    {
      Sid: "ReadPoliciesOfSecrets",
      Effect: "Allow",
      Action: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"],
      Resource: arn("secretsmanager", anywhere, "secret:*"),
    },
    {
      Sid: "ReadPoliciesOfKeys",
      Effect: "Allow",
      // Each key's policy says whether they may.
      Action: ["kms:GetKeyPolicy", "kms:ListGrants"],
      Resource: arn("kms", anywhere, "key/*"),
    },
    {
      Sid: "ReadPoliciesOfRoles",
      Effect: "Allow",
      Action: ["iam:GetPolicy", "iam:GetPolicyVersion"],
      // AWS's own managed policies: the account's come with its roles.
      Resource: `arn:${place.partition}:iam::aws:policy/*`,
    },
    {
      Sid: "ReadShares",
      Effect: "Allow",
      Action: "ram:ListResourceSharePermissions",
      Resource: arn("ram", anywhere, "resource-share/*"),
    },
    {
      Sid: "ListWhatHasPolicies",
      Effect: "Allow",
      // The actions take no resource.
      Action: [
        "ec2:DescribeVpcEndpoints",
        "iam:GetAccountAuthorizationDetails",
        "kms:ListAliases",
        "ram:GetResourceShareAssociations",
        "ram:GetResourceShares",
        "secretsmanager:ListSecrets",
        "ssm:DescribeParameters",
      ],
      Resource: "*",
    },
  ];
}
