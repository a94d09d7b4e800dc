import { publicKeysSuffix, referencesBranch } from "../plan/names";
import { formTag, unsetTag } from "../values/tags";
import type { IdentityStatement } from "./policy";

/**
 * Whoever starts a rotation may not change its rules in the same call, nor what carries it out: `automaticallyAfterDays:
 * 1000`, or another function or role, would switch it off in effect.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecretsmanager.html
 */
export const rotationAsDeployed: readonly IdentityStatement[] = [
  denyRotation("RulesStay", { Bool: { "secretsmanager:ModifyRotationRules": "true" } }),
  denyRotation("RotatorStays", { Null: { "secretsmanager:RotationLambdaARN": "false" } }),
  denyRotation("RoleStays", { Null: { "secretsmanager:ExternalSecretRotationRoleArn": "false" } }),
];

function denyRotation(
  Sid: string,
  Condition: NonNullable<IdentityStatement["Condition"]>,
): IdentityStatement {
  return { Sid, Effect: "Deny", Action: "secretsmanager:RotateSecret", Resource: "*", Condition };
}

/**
 * What the platform writes itself is nobody's to write: whoever replaced the public keys of a key pair could forge what they
 * verify, and who finds values by a consumer's references would look elsewhere.
 *
 * @param parameters ARN patterns of branches, each ending in `*`
 */
export function leavingOurs(parameters: readonly string[]): IdentityStatement {
  return {
    Sid: "LeavePublicKeysAndReferences",
    Effect: "Deny",
    Action: ["ssm:AddTagsToResource", "ssm:PutParameter", "ssm:RemoveTagsFromResource"],
    Resource: parameters.flatMap((branch) => [
      `${branch}${publicKeysSuffix}`,
      branch.replace(/\*$/, `${referencesBranch}/*`),
    ]),
  };
}

/**
 * Notes what a value is for, as `platform set` does beside it, and takes the mark off that it was never set. Owners,
 * environments and grants go by other tags; and a value marked as never set is not rotated, so nobody marks it so.
 */
export function marking(secrets: readonly string[], parameters: readonly string[]): IdentityStatement[] {
  return [
    ...(secrets.length > 0 ? [tagging("TagForms", ["secretsmanager:TagResource"], secrets, formTag)] : []),
    tagging(
      "UntagUnset",
      [...(secrets.length > 0 ? ["secretsmanager:UntagResource"] : []), "ssm:RemoveTagsFromResource"],
      [...secrets, ...parameters],
      unsetTag,
    ),
  ];
}

/**
 * Without a tag in the call each of none would be the one, so that there has to be one.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function tagging(
  Sid: string,
  Action: readonly string[],
  Resource: readonly string[],
  tag: string,
): IdentityStatement {
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    Condition: { "ForAllValues:StringEquals": { "aws:TagKeys": tag }, Null: { "aws:TagKeys": "false" } },
  };
}
