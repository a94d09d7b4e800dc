import type { Organisation } from "../organisation/types";
import { arn } from "../plan/arns";
import { noticesTopicName } from "../plan/names";
import { accountPlace } from "./accountHoldings";
import { policyDocument, type PolicyDocument } from "./policy";
import { fromService } from "./servicePrincipal";

export function noticesTopicArn(organisation: Organisation, account: string): string {
  return arn("sns", accountPlace(organisation, account), noticesTopicName);
}

/**
 * Policy of an account's notices topic: the account's own alarms publish. Its rules and its daily watch publish as
 * roles, whose own policies say so.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
 */
export function topicPolicy(organisation: Organisation, account: string): PolicyDocument {
  const place = accountPlace(organisation, account);
  const topic = noticesTopicArn(organisation, account);
  return policyDocument([
    {
      Sid: "AlarmsPublish",
      Effect: "Allow",
      ...fromService("topic", "cloudwatch", {
        "aws:SourceAccount": account,
        "aws:SourceArn": arn("cloudwatch", place, "alarm:*"),
      }),
      Action: "sns:Publish",
      Resource: topic,
    },
    {
      Sid: "TlsOnly",
      Effect: "Deny",
      Principal: { AWS: "*" },
      Action: "sns:Publish",
      Resource: topic,
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ]);
}
