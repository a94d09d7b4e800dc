/**
 * Actions by which somebody who reads nothing makes a reader of himself or of another: he writes the policy, gives a grant,
 * takes the value to another key or region, or has a function of his choice rotate it. No decision about reading sees them.
 * https://docs.aws.amazon.com/kms/latest/developerguide/kms-api-permissions-reference.html
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/determine-acccess_examine-iam-policies.html
 */
const ofValues: readonly string[] = [
  "kms:CreateGrant",
  "kms:PutKeyPolicy",
  "kms:ReEncryptFrom",
  "kms:ReplicateKey",
  "ram:AssociateResourceShare",
  "ram:CreateResourceShare",
  "secretsmanager:DeleteResourcePolicy",
  "secretsmanager:PutResourcePolicy",
  "secretsmanager:ReplicateSecretToRegions",
  "secretsmanager:RotateSecret",
  "secretsmanager:UpdateSecret",
  "ssm:DeleteResourcePolicy",
  "ssm:PutResourcePolicy",
];

/**
 * Actions by which somebody changes what a role may do or who acts as it, hands a role to what runs his code, or has what
 * runs under one run it: that one role is named is enough, so the policy pack, which asks for any role of one's choice, does
 * not see it. Single sign-on makes roles as well.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 * https://pathfinding.cloud
 */
const ofRoles: readonly string[] = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteRolePolicy",
  "iam:DeleteUserPermissionsBoundary",
  "iam:DeleteUserPolicy",
  "iam:DetachRolePolicy",
  "iam:DetachUserPolicy",
  "iam:PassRole",
  "iam:PutGroupPolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "sts:AssumeRole",
  "cloudformation:ExecuteChangeSet",
  "cloudformation:UpdateStack",
  "codebuild:StartBuild",
  "codebuild:StartBuildBatch",
  "codebuild:UpdateProject",
  "ec2:ModifyInstanceAttribute",
  "ec2-instance-connect:SendSSHPublicKey",
  "ecs:ExecuteCommand",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "ssm:SendCommand",
  "ssm:StartAutomationExecution",
  "ssm:StartSession",
  "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
  "sso:AttachManagedPolicyToPermissionSet",
  "sso:CreateAccountAssignment",
  "sso:DeletePermissionsBoundaryFromPermissionSet",
  "sso:PutInlinePolicyToPermissionSet",
  "sso:PutPermissionsBoundaryToPermissionSet",
];

/** Whoever is let do one of these may come to values that nothing lets him read today. */
export const openingActions: readonly string[] = [...ofValues, ...ofRoles];
