import { arn, type Place, viaService } from "../plan/arns";
import type { KeyPlan } from "../plan/types";
import type { Condition, IdentityStatement } from "./policy";

/**
 * Use of keys of the role's own account, named by alias in a condition: the ARN of a key is made up by AWS, its alias is
 * known beforehand, and `Resource` takes no alias.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-resource-aliases
 */
export function throughAliases(
  {
    Sid,
    service,
    Action,
  }: {
    readonly Sid: string;
    readonly service: "secretsmanager" | "ssm";
    readonly Action: string | readonly string[];
  },
  place: Place,
  keys: readonly KeyPlan[],
): IdentityStatement {
  const anyRegion = { ...place, region: "*" };
  const regions = [...new Set([place.region, ...keys.flatMap(({ replicaRegions }) => replicaRegions)])];
  const environments = [...new Set(keys.map(({ environment }) => environment))];
  const [contextKey, context] =
    service === "secretsmanager"
      ? ["SecretARN", environments.map((name) => arn("secretsmanager", anyRegion, `secret:*/${name}/*`))]
      : ["PARAMETER_ARN", environments.map((name) => arn("ssm", anyRegion, `parameter/*/${name}/*`))];
  const condition: Condition = {
    "ForAnyValue:StringEquals": { "kms:ResourceAliases": [...new Set(keys.map(({ alias }) => alias))] },
    StringEquals: {
      "kms:ViaService": regions.flatMap((region) => viaService(service, { ...place, region })),
    },
    StringLike: { [`kms:EncryptionContext:${contextKey}`]: context },
  };
  return {
    Sid,
    Effect: "Allow",
    Action,
    Resource: arn("kms", anyRegion, "key/*"),
    Condition: condition,
  };
}
