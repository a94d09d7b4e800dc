import type { Organisation } from "../organisation/types";
import { accountPrincipal } from "../plan/arns";
import { administratorArns } from "./people";
import type { ResourceStatement } from "./policy";

/**
 * Lets the deployer and the administrators look after a key, with no cryptographic use of it. The deployer is named
 * because KMS refuses a policy that bars its author from the next PutKeyPolicy.
 * https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
 */
export function keyAdministration(organisation: Organisation, account: string): ResourceStatement {
  return {
    Sid: "Administration",
    Effect: "Allow",
    Principal: { AWS: accountPrincipal({ partition: organisation.partition, account }) },
    Action: [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:DeleteAlias",
      "kms:DescribeKey",
      "kms:DisableKey",
      "kms:DisableKeyRotation",
      "kms:EnableKey",
      "kms:EnableKeyRotation",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListGrants",
      "kms:ListKeyPolicies",
      "kms:ListKeyRotations",
      "kms:ListResourceTags",
      "kms:PutKeyPolicy",
      "kms:RevokeGrant",
      "kms:RotateKeyOnDemand",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:UpdateAlias",
      "kms:UpdateKeyDescription",
    ],
    Resource: "*",
    Condition: { ArnLike: { "aws:PrincipalArn": administratorArns(organisation, account) } },
  };
}
