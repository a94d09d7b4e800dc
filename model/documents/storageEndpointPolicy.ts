import type { Place } from "../plan/arns";
import { policyDocument, type PolicyDocument } from "./policy";

/**
 * Policy of a network's gateway to Amazon S3, which would otherwise lead to every bucket there is: roles of this account
 * reach buckets of the organisation, and whoever asks reads what AWS itself keeps in S3 for machines without another way
 * out. Such a policy takes no principal but `*`; conditions say who is meant.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html#gateway-endpoint-policies
 */
export function storageEndpointPolicy(organisationId: string, place: Place): PolicyDocument {
  const { partition, region, account } = place;
  return policyDocument([
    {
      Sid: "RolesOfThisAccount",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:*",
      Resource: "*",
      Condition: {
        ArnLike: { "aws:PrincipalArn": `arn:${partition}:iam::${account}:role/*` },
        StringEquals: { "aws:PrincipalOrgID": organisationId, "aws:ResourceOrgID": organisationId },
      },
    },
    {
      // Amazon ECR signs the addresses of layers with credentials of its own.
      Sid: "ImageLayers",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:${partition}:s3:::${imageLayers(region)}/*`,
    },
    {
      // `dnf` signs nothing.
      Sid: "Packages",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: `arn:${partition}:s3:::${packages(region)}/*`,
    },
  ]);
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html#ecr-minimum-s3-perms */
function imageLayers(region: string): string {
  return `prod-${region}-starport-layer-bucket`;
}

/** Of Amazon Linux 2023: https://repost.aws/knowledge-center/ec2-al1-al2-update-yum-without-internet */
function packages(region: string): string {
  return `al2023-repos-${region}-de612dc2`;
}
