/**
 * The metric filters of section 4 of the CIS AWS Foundations Benchmark, character by character as Security Hub's
 * controls CloudWatch.1 to 14 compare them: one word more or less in a pattern and the control fails. They therefore
 * exempt nobody, the deployer included.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html
 */
export const cisPatterns = {
  "unauthorised-calls": `{($.errorCode="*UnauthorizedOperation") || ($.errorCode="AccessDenied*")}`,
  "sign-in-without-mfa":
    `{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ` +
    `($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }`,
  "root-user": `{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}`,
  "iam-policies": from("iam", [
    "DeleteGroupPolicy",
    "DeleteRolePolicy",
    "DeleteUserPolicy",
    "PutGroupPolicy",
    "PutRolePolicy",
    "PutUserPolicy",
    "CreatePolicy",
    "DeletePolicy",
    "CreatePolicyVersion",
    "DeletePolicyVersion",
    "AttachRolePolicy",
    "DetachRolePolicy",
    "AttachUserPolicy",
    "DetachUserPolicy",
    "AttachGroupPolicy",
    "DetachGroupPolicy",
  ]),
  trails: named(["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"]),
  "failed-sign-ins": `{($.eventName=ConsoleLogin) && ($.errorMessage="Failed authentication")}`,
  keys: from("kms", ["DisableKey", "ScheduleKeyDeletion"]),
  buckets: from("s3", [
    "PutBucketAcl",
    "PutBucketPolicy",
    "PutBucketCors",
    "PutBucketLifecycle",
    "PutBucketReplication",
    "DeleteBucketPolicy",
    "DeleteBucketCors",
    "DeleteBucketLifecycle",
    "DeleteBucketReplication",
  ]),
  "config-recorder": from("config", [
    "StopConfigurationRecorder",
    "DeleteDeliveryChannel",
    "PutDeliveryChannel",
    "PutConfigurationRecorder",
  ]),
  "security-groups": named([
    "AuthorizeSecurityGroupIngress",
    "AuthorizeSecurityGroupEgress",
    "RevokeSecurityGroupIngress",
    "RevokeSecurityGroupEgress",
    "CreateSecurityGroup",
    "DeleteSecurityGroup",
  ]),
  "network-access-lists": named([
    "CreateNetworkAcl",
    "CreateNetworkAclEntry",
    "DeleteNetworkAcl",
    "DeleteNetworkAclEntry",
    "ReplaceNetworkAclEntry",
    "ReplaceNetworkAclAssociation",
  ]),
  "network-gateways": named([
    "CreateCustomerGateway",
    "DeleteCustomerGateway",
    "AttachInternetGateway",
    "CreateInternetGateway",
    "DeleteInternetGateway",
    "DetachInternetGateway",
  ]),
  "route-tables": from("ec2", [
    "CreateRoute",
    "CreateRouteTable",
    "ReplaceRoute",
    "ReplaceRouteTableAssociation",
    "DeleteRouteTable",
    "DeleteRoute",
    "DisassociateRouteTable",
  ]),
  networks: named([
    "CreateVpc",
    "DeleteVpc",
    "ModifyVpcAttribute",
    "AcceptVpcPeeringConnection",
    "CreateVpcPeeringConnection",
    "DeleteVpcPeeringConnection",
    "RejectVpcPeeringConnection",
    "AttachClassicLinkVpc",
    "DetachClassicLinkVpc",
    "DisableVpcClassicLink",
    "EnableVpcClassicLink",
  ]),
  organisation: from("organizations", [
    "AcceptHandshake",
    "AttachPolicy",
    "CreateAccount",
    "CreateOrganizationalUnit",
    "CreatePolicy",
    "DeclineHandshake",
    "DeleteOrganization",
    "DeleteOrganizationalUnit",
    "DeletePolicy",
    "DetachPolicy",
    "DisablePolicyType",
    "EnablePolicyType",
    "InviteAccountToOrganization",
    "LeaveOrganization",
    "MoveAccount",
    "RemoveAccountFromOrganization",
    "UpdatePolicy",
    "UpdateOrganizationalUnit",
  ]),
} as const;

export type CisControl = keyof typeof cisPatterns;

function from(service: string, eventNames: readonly string[]): string {
  return `{($.eventSource=${service}.amazonaws.com) && (${anyOf(eventNames)})}`;
}

function named(eventNames: readonly string[]): string {
  return `{${anyOf(eventNames)}}`;
}

function anyOf(eventNames: readonly string[]): string {
  return eventNames.map((name) => `($.eventName=${name})`).join(" || ");
}
