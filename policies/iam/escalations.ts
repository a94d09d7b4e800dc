/**
 * Ways to gain permissions that were not given, as published by Rhino Security Labs
 * (https://github.com/RhinoSecurityLabs/AWS-IAM-Privilege-Escalation) and, for boundaries, by AWS
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html).
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
];

/** Handing a role to something that runs what one chooses. */
export const escalatingTogether: readonly (readonly string[])[] = [
  ["iam:PassRole", "ec2:RunInstances"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:InvokeFunction"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:AddPermission"],
  ["iam:PassRole", "lambda:CreateFunction", "lambda:CreateEventSourceMapping"],
  ["iam:PassRole", "cloudformation:CreateStack"],
  ["iam:PassRole", "codebuild:CreateProject", "codebuild:StartBuild"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:RunTask"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:UpdateService"],
  ["iam:PassRole", "ecs:RegisterTaskDefinition", "ecs:CreateService"],
  ["iam:PassRole", "glue:CreateDevEndpoint"],
  ["iam:PassRole", "glue:CreateJob", "glue:StartJobRun"],
  ["iam:PassRole", "datapipeline:CreatePipeline", "datapipeline:PutPipelineDefinition"],
  ["iam:PassRole", "sagemaker:CreateNotebookInstance", "sagemaker:CreatePresignedNotebookInstanceUrl"],
  ["iam:PassRole", "states:CreateStateMachine", "states:StartExecution"],
  ["iam:PassRole", "ssm:StartAutomationExecution"],
];
