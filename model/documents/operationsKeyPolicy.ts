import type { Organisation } from "../organisation/types";
import { accountPrincipal, arn, type Place, roleArn, servicePrincipal, viaService } from "../plan/arns";
import { platformFunctionNames, platformPath } from "../plan/names";
import { keyAdministration } from "./keyAdministration";
import { deployerArns } from "./people";
import { policyDocument, type PolicyDocument } from "./policy";
import { fromService } from "./servicePrincipal";
import { noticesTopicArn } from "./topicPolicy";

/**
 * Policy of an account's key for logs, notices, function environments and builds; no configuration value is under it.
 * Services use it for this account only, which each says in its own way.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars-encryption.html
 */
export function operationsKeyPolicy(organisation: Organisation, account: string): PolicyDocument {
  const place: Place = { ...organisation, account };
  return policyDocument([
    keyAdministration(organisation, account),
    {
      Sid: "LogGroups",
      Effect: "Allow",
      Principal: { Service: servicePrincipal(`logs.${place.region}`) },
      Action: ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
      Resource: "*",
      Condition: { ArnLike: { "kms:EncryptionContext:aws:logs:arn": arn("logs", place, "log-group:*") } },
    },
    {
      Sid: "AlarmNotices",
      Effect: "Allow",
      ...fromService("key", "cloudwatch", { "aws:SourceAccount": account }),
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
    },
    {
      // EventBridge by itself sends no source, so its rules publish as a role.
      Sid: "RoleNotices",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal(place) },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        ArnEquals: {
          "aws:PrincipalArn": [platformFunctionNames.eventRules, platformFunctionNames.expiryWatch].map(
            (name) => roleArn(place, platformPath, name),
          ),
        },
        StringEquals: {
          "kms:ViaService": viaService("sns", place),
          "kms:EncryptionContext:aws:sns:topicArn": noticesTopicArn(organisation, account),
        },
      },
    },
    {
      Sid: "FunctionEnvironments",
      Effect: "Allow",
      Principal: { AWS: accountPrincipal(place) },
      Action: ["kms:CreateGrant", "kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: {
        ArnLike: { "aws:PrincipalArn": deployerArns(organisation, account) },
        StringEquals: { "kms:ViaService": viaService("lambda", place) },
      },
    },
  ]);
}
