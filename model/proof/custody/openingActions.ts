import { escalatingAlone, escalatingUnlessByTag } from "../../aws/escalations";

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
 * Beside the published ways: actions by which somebody takes a limit from a role, hands a role to what runs his code, or
 * has what runs under one run it.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsidentityandaccessmanagementiam.html
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const ofRoles: readonly string[] = [
  "iam:DeleteRolePolicy",
  "iam:DeleteUserPolicy",
  "iam:DetachRolePolicy",
  "iam:DetachUserPolicy",
  "iam:PassRole",
  "cloudformation:ExecuteChangeSet",
  "codebuild:UpdateProject",
  "ec2:ModifyInstanceAttribute",
  "lambda:UpdateFunctionConfiguration",
  "ssm:StartAutomationExecution",
];

/**
 * Whoever is let do one of these may come to values that nothing lets him read today. That one role is named is enough: the
 * policy pack, which asks for any role of one's choice, does not see that.
 */
export const openingActions: readonly string[] = [
  ...new Set([...ofValues, ...escalatingAlone, ...escalatingUnlessByTag, ...ofRoles]),
];
