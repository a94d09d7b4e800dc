import { arn, type Place, viaService } from "../plan/arns";
import type { IdentityStatement } from "./policy";

/** What whoever tells the account's topic may do: publish to it, and have SNS encrypt what is told. */
export function noticesStatements(place: Place, topicArn: string): readonly IdentityStatement[] {
  return [
    { Sid: "Tell", Effect: "Allow", Action: "sns:Publish", Resource: topicArn },
    {
      Sid: "EncryptNotices",
      Effect: "Allow",
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: arn("kms", place, "key/*"),
      Condition: {
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/operations" },
        StringEquals: {
          "kms:ViaService": viaService("sns", place),
          "kms:EncryptionContext:aws:sns:topicArn": topicArn,
        },
      },
    },
  ];
}
