import { unsetTag } from "../values/tags";
import type { IdentityStatement } from "./policy";

/**
 * Whoever starts a rotation may not change its rules in the same call, nor what carries it out: `automaticallyAfterDays:
 * 1000`, or another function, would switch it off in effect.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
export const rotationAsDeployed: readonly IdentityStatement[] = [
  denyRotation("RulesStay", { Bool: { "secretsmanager:ModifyRotationRules": "true" } }),
  denyRotation("FunctionStays", { Null: { "secretsmanager:RotationLambdaARN": "false" } }),
  denyRotation("RoleStays", { Null: { "secretsmanager:ExternalSecretRotationRoleArn": "false" } }),
];

function denyRotation(
  Sid: string,
  Condition: NonNullable<IdentityStatement["Condition"]>,
): IdentityStatement {
  return { Sid, Effect: "Deny", Action: "secretsmanager:RotateSecret", Resource: "*", Condition };
}

/**
 * Tags that `platform set` puts on a value or takes off: that it was never set, and what it is for. Others grant, route
 * notices or tell the platform's own things from others'.
 */
export const writersTags: readonly string[] = [unsetTag, "platform:form"];

/**
 * Sets and removes those tags alone; a call without any tag, of which each of none would be one of them, is refused.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_tags.html#access_tags_control-tag-keys
 */
export function marking(secrets: readonly string[], parameters: readonly string[]): IdentityStatement {
  const ofSecrets = ["secretsmanager:TagResource", "secretsmanager:UntagResource"];
  return {
    Sid: "TagValues",
    Effect: "Allow",
    Action: [...(secrets.length > 0 ? ofSecrets : []), "ssm:AddTagsToResource", "ssm:RemoveTagsFromResource"],
    Resource: [...secrets, ...parameters],
    Condition: {
      "ForAllValues:StringEquals": { "aws:TagKeys": writersTags },
      Null: { "aws:TagKeys": "false" },
    },
  };
}
