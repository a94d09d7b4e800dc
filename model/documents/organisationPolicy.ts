import type { Organisation } from "../organisation/types";
import { hostedStackPrefix, platformPath, servicesPath } from "../plan/names";
import { policyDocument, type PolicyDocument } from "./policy";

/**
 * Service control policy for the organisation's management account to attach: names under these paths and prefixes are
 * grants, so only the deployer may make or change roles of such a name. At most 5,120 characters.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export function organisationPolicy({ partition, principals }: Organisation): PolicyDocument {
  const roles = [`${servicesPath}*`, `${platformPath}*`, `/${hostedStackPrefix}sp???????-*`];
  return policyDocument([
    {
      Sid: "ReservedRoleNames",
      Effect: "Deny",
      Action: [
        "iam:AttachRolePolicy",
        "iam:CreateRole",
        "iam:DeleteRole",
        "iam:DeleteRolePermissionsBoundary",
        "iam:DeleteRolePolicy",
        "iam:DetachRolePolicy",
        "iam:PutRolePermissionsBoundary",
        "iam:PutRolePolicy",
        "iam:UpdateAssumeRolePolicy",
        "iam:UpdateRole",
      ],
      Resource: roles.map((pattern) => `arn:${partition}:iam::*:role${pattern}`),
      Condition: {
        ArnNotLike: { "aws:PrincipalArn": `arn:${partition}:iam::*:role/${principals.deployer}` },
      },
    },
  ]);
}
