/**
 * Actions by which somebody comes to values, keys, roles or records, or acts as another role. By service, from "Actions,
 * resources, and condition keys"
 * (https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html);
 * which of them become another role, from Rhino Security Labs
 * (https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation).
 */

/** Give out values of secrets and parameters. */
export const readingValues: readonly string[] = [
  "secretsmanager:GetSecretValue",
  "secretsmanager:BatchGetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "ssm:GetParameterHistory",
];

/** Change, delete or share them. */
export const changingValues: readonly string[] = [
  "secretsmanager:DeleteResourcePolicy",
  "secretsmanager:DeleteSecret",
  "secretsmanager:PutResourcePolicy",
  "secretsmanager:PutSecretValue",
  "secretsmanager:ReplicateSecretToRegions",
  "secretsmanager:RotateSecret",
  "secretsmanager:UpdateSecret",
  "secretsmanager:UpdateSecretVersionStage",
  "ssm:DeleteParameter",
  "ssm:DeleteParameters",
  "ssm:DeleteResourcePolicy",
  "ssm:LabelParameterVersion",
  "ssm:PutParameter",
  "ssm:PutResourcePolicy",
  "ssm:UnlabelParameterVersion",
  "ram:AssociateResourceShare",
  "ram:AssociateResourceSharePermission",
  "ram:CreateResourceShare",
  "ram:UpdateResourceShare",
];

/** Decide who uses a key, or whether anybody can. */
export const changingKeys: readonly string[] = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:CreateGrant",
  "kms:CreateKey",
  "kms:DeleteAlias",
  "kms:DeleteImportedKeyMaterial",
  "kms:DisableKey",
  "kms:DisableKeyRotation",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:ImportKeyMaterial",
  "kms:PutKeyPolicy",
  "kms:ReplicateKey",
  "kms:RetireGrant",
  "kms:RevokeGrant",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdatePrimaryRegion",
];

/** Decide what roles may do, or who is one. */
export const changingRoles: readonly string[] = [
  "iam:*",
  "identitystore:*",
  "organizations:LeaveOrganization",
  "sso:*",
  "sso-directory:*",
  "sts:AssumeRoot",
];

/** Stop or falsify what is recorded. */
export const changingRecords: readonly string[] = [
  "cloudtrail:DeleteEventDataStore",
  "cloudtrail:DeleteTrail",
  "cloudtrail:PutEventSelectors",
  "cloudtrail:PutInsightSelectors",
  "cloudtrail:StopEventDataStoreIngestion",
  "cloudtrail:StopLogging",
  "cloudtrail:UpdateEventDataStore",
  "cloudtrail:UpdateTrail",
  "logs:DeleteLogGroup",
  "logs:DeleteLogStream",
  "logs:PutRetentionPolicy",
];

/** Run commands on machines, tasks and builds that are there, with what these hold. */
export const runningCommands: readonly string[] = [
  "codebuild:StartCommandExecution",
  "codebuild:StartSandbox",
  "codebuild:StartSandboxConnection",
  "ec2:AssociateIamInstanceProfile",
  "ec2:ModifyInstanceAttribute",
  "ec2:ReplaceIamInstanceProfileAssociation",
  "ec2-instance-connect:SendSSHPublicKey",
  "ec2-instance-connect:SendSerialConsoleSSHPublicKey",
  "ecs:ExecuteCommand",
  "ssm:CreateActivation",
  "ssm:CreateAssociation",
  "ssm:CreateAssociationBatch",
  "ssm:GetAccessToken",
  "ssm:RegisterTaskWithMaintenanceWindow",
  "ssm:ResumeSession",
  "ssm:SendCommand",
  "ssm:StartAccessRequest",
  "ssm:StartAssociationsOnce",
  "ssm:StartAutomationExecution",
  "ssm:StartChangeRequestExecution",
  "ssm:StartSession",
  "ssm:UpdateAssociation",
  "ssm:UpdateMaintenanceWindowTask",
  "ssm:UpdateManagedInstanceRole",
];

/** Use a key: with any key, whatever others encrypted is open. */
export const usingKeys: readonly string[] = [
  "kms:Decapsulate",
  "kms:Decrypt",
  "kms:DeriveSharedSecret",
  "kms:Encapsulate",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyPair",
  "kms:GenerateDataKeyPairWithoutPlaintext",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:GenerateMac",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
  "kms:Sign",
  "kms:Verify",
  "kms:VerifyMac",
];

/** Become a role. */
export const assumingRoles: readonly string[] = [
  "sts:AssumeRole",
  "sts:AssumeRoleWithSAML",
  "sts:AssumeRoleWithWebIdentity",
];

/** Put code of one's own in front of a role that is there. */
export const runningCode: readonly string[] = [
  "cloudformation:CreateChangeSet",
  "cloudformation:ExecuteChangeSet",
  "cloudformation:UpdateStack",
  "codebuild:RetryBuild",
  "codebuild:StartBuild",
  "codebuild:StartBuildBatch",
  "codebuild:UpdateProject",
  "glue:UpdateDevEndpoint",
  "lambda:AddPermission",
  "lambda:CreateEventSourceMapping",
  "lambda:CreateFunctionUrlConfig",
  "lambda:PutResourcePolicy",
  "lambda:UpdateEventSourceMapping",
  "lambda:UpdateFunctionCode",
  "lambda:UpdateFunctionConfiguration",
  "lambda:UpdateFunctionUrlConfig",
];
