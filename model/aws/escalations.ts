/**
 * Ways to gain permissions that were not given, as published by Rhino Security Labs
 * (https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation), by Datadog Security Labs
 * (https://pathfinding.cloud, each path with its steps), for single sign-on by AWS
 * (https://aws.amazon.com/blogs/security/delegating-permission-set-management-and-account-assignment-in-aws-iam-identity-center)
 * and, for boundaries, by AWS (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
 */

/** Enough alone, on resources of one's choice. */
export const escalatingAlone: readonly string[] = [
  "iam:AddUserToGroup",
  "iam:AttachGroupPolicy",
  "iam:AttachRolePolicy",
  "iam:AttachUserPolicy",
  "iam:CreateAccessKey",
  "iam:CreateLoginProfile",
  "iam:CreatePolicyVersion",
  "iam:DeleteRolePermissionsBoundary",
  "iam:DeleteUserPermissionsBoundary",
  "iam:PutGroupPolicy",
  "iam:PutRolePermissionsBoundary",
  "iam:PutRolePolicy",
  "iam:PutUserPermissionsBoundary",
  "iam:PutUserPolicy",
  "iam:SetDefaultPolicyVersion",
  "iam:UpdateAssumeRolePolicy",
  "iam:UpdateLoginProfile",
  "glue:UpdateDevEndpoint",
  "lambda:UpdateFunctionCode",
  "sts:AssumeRole",
  // What has a role already is made to run what one chooses.
  "apprunner:UpdateService",
  "cloudformation:UpdateStack",
  "codebuild:StartBuild",
  "codebuild:StartBuildBatch",
  "sagemaker:CreatePresignedNotebookInstanceUrl",
  // Whom single sign-on lets into which account, as what.
  "sso:AttachCustomerManagedPolicyReferenceToPermissionSet",
  "sso:AttachManagedPolicyToPermissionSet",
  "sso:CreateAccountAssignment",
  "sso:DeletePermissionsBoundaryFromPermissionSet",
  "sso:PutInlinePolicyToPermissionSet",
  "sso:PutPermissionsBoundaryToPermissionSet",
  "sso:ProvisionPermissionSet",
];

/**
 * Enough alone as well, and given away by tags as AWS recommends: machines that one may log in to
 * (https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command-setting-up.html), and secrets and keys whose
 * policy says who reads (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-modifying.html,
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_resource-policies.html).
 */
export const escalatingUnlessByTag: readonly string[] = [
  "ec2-instance-connect:SendSSHPublicKey",
  "ecs:ExecuteCommand",
  "kms:PutKeyPolicy",
  "secretsmanager:PutResourcePolicy",
  "ssm:SendCommand",
  "ssm:StartSession",
];

/** Handing a role to something that runs what one chooses, or changing what runs under a role. */
export const escalatingTogether: readonly (readonly string[])[] = [
  ["iam:PassRole", "ec2:RunInstances"],
  ["iam:PassRole", "ec2:RequestSpotInstances"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  ["iam:PassRole", "lambda:UpdateFunctionConfiguration"],
  ["iam:PassRole", "apprunner:CreateService"],
  ["iam:PassRole", "bedrock-agentcore:CreateCodeInterpreter", "bedrock-agentcore:InvokeCodeInterpreter"],
  ["iam:PassRole", "cloudformation:CreateStack"],
  ["iam:PassRole", "cloudformation:CreateStackSet", "cloudformation:CreateStackInstances"],
  ["iam:PassRole", "cloudformation:UpdateStackSet"],
  ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
  ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuildBatch"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:StartTask"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:UpdateService"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
  ["iam:PassRole", "glue:CreateDevEndpoint"],
  ["iam:PassRole", "glue:CreateJob", "glue:StartJobRun"],
  ["iam:PassRole", "glue:CreateJob", "glue:CreateTrigger"],
  ["iam:PassRole", "glue:UpdateJob", "glue:StartJobRun"],
  ["iam:PassRole", "glue:UpdateJob", "glue:CreateTrigger"],
  ["iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
  ["iam:PassRole", "sagemaker:CreateNotebookInstance"],
  ["iam:PassRole", "sagemaker:CreateProcessingJob"],
  ["iam:PassRole", "sagemaker:CreateTrainingJob"],
  ["iam:PassRole", "states:CreateStateMachine", "states:StartExecution"],
  ["iam:PassRole", "ssm:StartAutomationExecution"],
  ["bedrock-agentcore:StartCodeInterpreterSession", "bedrock-agentcore:InvokeCodeInterpreter"],
  ["cloudformation:CreateChangeSet", "cloudformation:ExecuteChangeSet"],
  ["ec2:CreateLaunchTemplateVersion", "ec2:ModifyLaunchTemplate"],
  ["ec2:ModifyInstanceAttribute", "ec2:StopInstances", "ec2:StartInstances"],
  ["sagemaker:CreateNotebookInstanceLifecycleConfig", "sagemaker:UpdateNotebookInstance"],
];
