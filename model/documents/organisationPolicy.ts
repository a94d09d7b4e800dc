import { rolePatterns } from "../aws/singleSignOn";
import { foundationRoles, guardedRoles } from "../organisation/foundation";
import type { Organisation } from "../organisation/types";
import {
  archiveBucketPrefix,
  archiveQueryNames,
  hostedStackPrefix,
  platformPath,
  rotationPath,
  servicesPath,
  trailName,
} from "../plan/names";
import { type IdentityStatement, policyDocument, type PolicyDocument } from "./policy";

/**
 * Service control policy for the organisation's management account to attach. Names are grants here: roles and policies
 * under the platform's paths are the deployer's alone, and the deployer, the administrators and those that make them are
 * nobody's but the latter's. It also holds what records and proves, against the root user too, whom no bucket policy
 * keeps from changing it. It binds neither the management account nor service-linked roles. At most 5,120 characters.
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 * https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export function organisationPolicy({ partition, principals }: Organisation): PolicyDocument {
  const iam = (names: readonly string[]) => names.map((name) => `arn:${partition}:iam::*:${name}`);
  const roles = (names: readonly string[]) => iam(names.flatMap(rolePatterns).map((name) => `role/${name}`));
  const denyAllBut =
    (exempt: readonly string[]) =>
    (Sid: string, Action: readonly string[], Resource: readonly string[]): IdentityStatement => ({
      Sid,
      Effect: "Deny",
      Action,
      Resource,
      Condition: { ArnNotLike: { "aws:PrincipalArn": roles(exempt) } },
    });
  const deployerOnly = denyAllBut([principals.deployer]);
  const foundationOnly = denyAllBut(foundationRoles(principals));
  const consumers = `role${servicesPath}*`;
  const others = [`role${platformPath}*`, `role${rotationPath}*`, `role/${hostedStackPrefix}sp???????-*`];
  const guarded = roles(guardedRoles(principals));
  return policyDocument([
    deployerOnly("ReservedRoleNames", roleChanges, iam([consumers, ...others])),
    // Teams' own pipelines pass consumers' roles to what runs as them.
    deployerOnly("ReservedRolesArePassed", ["iam:PassRole"], iam(others)),
    deployerOnly("ReservedPolicies", policyChanges, iam([`policy${platformPath}*`])),
    deployerOnly("ReservedInstanceProfiles", profileChanges, iam([`instance-profile${servicesPath}*`])),
    foundationOnly("DeployerAndAdministrators", [...roleChanges, "iam:PassRole"], guarded),
    foundationOnly("IdentityProviders", ["iam:UpdateSAMLProvider"], iam(["saml-provider/*"])),
    deployerOnly("RecordsStay", recordingChanges, records(partition)),
  ]);
}

/**
 * Every call that changes a role.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 */
const roleChanges = [
  "iam:AttachRolePolicy",
  "iam:CreateRole",
  "iam:DeleteRole",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DetachRolePolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:TagRole",
  "iam:UntagRole",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateRole",
  "iam:UpdateRoleDescription",
];

const policyChanges = [
  "iam:CreatePolicy",
  "iam:CreatePolicyVersion",
  "iam:DeletePolicy",
  "iam:DeletePolicyVersion",
  "iam:SetDefaultPolicyVersion",
  "iam:TagPolicy",
  "iam:UntagPolicy",
];

/** An instance profile's name is known to what runs instances, its role is not. */
const profileChanges = [
  "iam:AddRoleToInstanceProfile",
  "iam:CreateInstanceProfile",
  "iam:DeleteInstanceProfile",
  "iam:RemoveRoleFromInstanceProfile",
];

/**
 * The trail, the archive's policy, and how the archive is read by queries, where another table or workgroup would
 * show an auditor other records.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html
 */
const recordingChanges = [
  "athena:DeleteWorkGroup",
  "athena:UpdateWorkGroup",
  "cloudtrail:DeleteTrail",
  "cloudtrail:PutEventSelectors",
  "cloudtrail:StopLogging",
  "cloudtrail:UpdateTrail",
  "glue:BatchDeleteTable",
  "glue:CreateTable",
  "glue:DeleteDatabase",
  "glue:DeleteTable",
  "glue:UpdateDatabase",
  "glue:UpdateTable",
  "s3:DeleteBucketPolicy",
  "s3:PutBucketPolicy",
];

function records(partition: string): readonly string[] {
  const { database, workgroup } = archiveQueryNames;
  return [
    `athena:*:*:workgroup/${workgroup}`,
    `cloudtrail:*:*:trail/${trailName}`,
    `glue:*:*:database/${database}`,
    `glue:*:*:table/${database}/*`,
    `s3:::${archiveBucketPrefix}-*`,
  ].map((resource) => `arn:${partition}:${resource}`);
}
