import type { Organisation } from "../organisation/types";
import { accountPrincipal, arn, type Place, servicePrincipal, viaService } from "../plan/arns";
import { keyAdministration } from "./keyAdministration";
import { deployerArn } from "./people";
import { policyDocument, type PolicyDocument, type ResourceStatement } from "./policy";

/**
 * Policy of an account's key for logs, notices, function environments and builds; no configuration value is under it.
 * Services use it for this account only, which each says in its own way.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
export function operationsKeyPolicy(organisation: Organisation, account: string): PolicyDocument {
  const place: Place = { ...organisation, account };
  const bySource = { StringEquals: { "aws:SourceAccount": account } };
  return policyDocument([
    keyAdministration(organisation, account),
    {
      Sid: "LogGroups",
      Effect: "Allow",
      Principal: { Service: servicePrincipal(`logs.${place.region}`) },
      Action: ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: "*",
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn("logs", place, "log-group:*") } },
    },
    serviceUse("AlarmNotices", "cloudwatch", bySource),
    serviceUse("EventNotices", "events", bySource),
    {
      Sid: "FunctionEnvironments",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal(place) },
      Action: ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        ArnEquals: { "aws:PrincipalArn": deployerArn(organisation, account) },
        StringEquals: { "kms:ViaService": viaService("lambda", place) },
      },
    },
  ]);
}

function serviceUse(
  Sid: string,
  service: string,
  condition: ResourceStatement["Condition"],
): ResourceStatement {
  return {
    Sid,
    Effect: "Allow",
    Principal: { Service: servicePrincipal(service) },
    Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
    Resource: "*",
    ...(condition && { Condition: condition }),
  };
}
