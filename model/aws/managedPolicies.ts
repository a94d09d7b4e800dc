/**
 * Policies that AWS manages, attached by an ARN whose account is `aws`, as far as they concern values, keys and who may
 * become whom: those statements of each. Each has a page of its name under
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html. Left out are the policies made for
 * one service that reads its own secrets, and those that only AWS's own roles can have.
 */
export interface ManagedStatement {
  readonly Effect: "Allow";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string;
}

/**
 * Those of which AWS says that they grant administrative permissions of the account, whatever statements they have: who has
 * Amplify's can make itself any other identity (https://docs.aws.amazon.com/amplify/latest/userguide/security-iam-awsmanpol.html),
 * and Elastic Beanstalk's passes any role to an instance or a stack of one's choice
 * (https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AdministratorAccess-AWSElasticBeanstalk.html).
 */
export const administratorPolicies: ReadonlySet<string> = new Set([
  "AdministratorAccess",
  "AdministratorAccess-Amplify",
  "AdministratorAccess-AWSElasticBeanstalk",
]);

/** By name without the path. */
export const managedPolicies: Readonly<Record<string, readonly ManagedStatement[]>> = {
  AdministratorAccess: [everywhere("*")],
  PowerUserAccess: [{ Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" }],
  ReadOnlyAccess: [everywhere("ssm:Get*")],
  IAMFullAccess: [everywhere("iam:*")],
  SystemAdministrator: [
    everywhere("kms:ReEncrypt*", "lambda:Create*", "lambda:InvokeFunction", "lambda:Update*"),
  ],
  "AdministratorAccess-Amplify": [
    everywhere(
      "iam:AttachRolePolicy",
      "iam:PassRole",
      "iam:PutRolePolicy",
      "lambda:CreateFunction",
      "lambda:InvokeFunction",
      "lambda:UpdateFunctionCode",
      "sts:AssumeRole",
    ),
  ],
  "AdministratorAccess-AWSElasticBeanstalk": [
    everywhere("ec2:CreateLaunchTemplate*", "ec2:RunInstances", "ecs:RegisterTaskDefinition"),
    { Effect: "Allow", Action: ["iam:PassRole"], Resource: "arn:aws:iam::*:role/*" },
  ],
  AWSLambda_FullAccess: [everywhere("lambda:*")],
  SecretsManagerReadWrite: [everywhere("secretsmanager:*")],
  AWSSecretsManagerClientReadOnlyAccess: [
    {
      Effect: "Allow",
      Action: ["secretsmanager:GetSecretValue"],
      Resource: "arn:aws:secretsmanager:*:*:secret:*",
    },
  ],
  AmazonSSMFullAccess: [everywhere("ssm:*")],
  AmazonSSMReadOnlyAccess: [everywhere("ssm:Get*")],
  AmazonSSMManagedInstanceCore: [everywhere("ssm:GetParameter", "ssm:GetParameters")],
  AmazonEC2RoleforSSM: [everywhere("ssm:GetParameters")],
  AmazonSSMAutomationRole: [everywhere("ssm:*")],
  AmazonSSMMaintenanceWindowRole: [everywhere("ssm:GetParameters")],
  AmazonElasticFileSystemsUtils: [everywhere("ssm:GetParameter", "ssm:GetParameters")],
};

function everywhere(...actions: readonly string[]): ManagedStatement {
  return { Effect: "Allow", Action: actions, Resource: "*" };
}
