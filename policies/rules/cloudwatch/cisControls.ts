/** One monitoring control of the CIS AWS Foundations Benchmark 3.0, section 4. */
export interface CisControl {
  readonly id: string;
  readonly about: string;
  /** Texts that the filter's pattern must hold, each. */
  readonly holds: readonly string[];
}

/**
 * What the pack asks of any program's filters; what this platform's own say stands in model/detection/cisPatterns.ts, as
 * two judgements of one table.
 * https://docs.aws.amazon.com/securityhub/latest/userguide/cloudwatch-controls.html lists the patterns.
 */
export const cisControls: readonly CisControl[] = [
  {
    id: "4.1",
    about: "calls that were not authorised",
    holds: ["errorCode", "UnauthorizedOperation", "AccessDenied"],
  },
  { id: "4.2", about: "console sign-in without a second factor", holds: ["ConsoleLogin", "MFAUsed"] },
  { id: "4.3", about: "use of the root user", holds: ["userIdentity.type", "Root"] },
  {
    id: "4.4",
    about: "changes of IAM policies",
    holds: [
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
    ],
  },
  {
    id: "4.5",
    about: "changes of trails",
    holds: ["CreateTrail", "UpdateTrail", "DeleteTrail", "StartLogging", "StopLogging"],
  },
  { id: "4.6", about: "failed console sign-in", holds: ["ConsoleLogin", "Failed authentication"] },
  {
    id: "4.7",
    about: "keys disabled or deleted",
    holds: ["kms.amazonaws.com", "DisableKey", "ScheduleKeyDeletion"],
  },
  {
    id: "4.8",
    about: "changes of bucket policies",
    holds: [
      "s3.amazonaws.com",
      "PutBucketAcl",
      "PutBucketPolicy",
      "DeleteBucketPolicy",
      "PutBucketReplication",
    ],
  },
  {
    id: "4.9",
    about: "changes of AWS Config",
    holds: [
      "config.amazonaws.com",
      "StopConfigurationRecorder",
      "DeleteDeliveryChannel",
      "PutConfigurationRecorder",
    ],
  },
  {
    id: "4.10",
    about: "changes of security groups",
    holds: [
      "AuthorizeSecurityGroupIngress",
      "AuthorizeSecurityGroupEgress",
      "RevokeSecurityGroupIngress",
      "RevokeSecurityGroupEgress",
      "CreateSecurityGroup",
      "DeleteSecurityGroup",
    ],
  },
  {
    id: "4.11",
    about: "changes of network access lists",
    holds: [
      "CreateNetworkAcl",
      "CreateNetworkAclEntry",
      "DeleteNetworkAcl",
      "DeleteNetworkAclEntry",
      "ReplaceNetworkAclEntry",
      "ReplaceNetworkAclAssociation",
    ],
  },
  {
    id: "4.12",
    about: "changes of network gateways",
    holds: [
      "CreateCustomerGateway",
      "DeleteCustomerGateway",
      "AttachInternetGateway",
      "CreateInternetGateway",
      "DeleteInternetGateway",
      "DetachInternetGateway",
    ],
  },
  {
    id: "4.13",
    about: "changes of route tables",
    holds: [
      "CreateRoute",
      "CreateRouteTable",
      "ReplaceRoute",
      "ReplaceRouteTableAssociation",
      "DeleteRouteTable",
      "DeleteRoute",
      "DisassociateRouteTable",
    ],
  },
  {
    id: "4.14",
    about: "changes of networks",
    holds: [
      "CreateVpc",
      "DeleteVpc",
      "ModifyVpcAttribute",
      "AcceptVpcPeeringConnection",
      "CreateVpcPeeringConnection",
    ],
  },
  {
    id: "4.15",
    about: "changes of the organisation",
    holds: [
      "organizations.amazonaws.com",
      "AttachPolicy",
      "DetachPolicy",
      "LeaveOrganization",
      "RemoveAccountFromOrganization",
    ],
  },
];
