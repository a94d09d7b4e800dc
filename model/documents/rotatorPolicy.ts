import { publishingActions } from "../functions/keyPairs";
import { rotatorActions, rotatorAdminActions } from "../functions/rotation";
import { arn, logGroupArn, type Place, secretArnPattern } from "../plan/arns";
import { lambdaLogGroupName, publicKeysSuffix } from "../plan/names";
import type { Plan, PlatformRotatorPlan } from "../plan/types";
import { networkInterfaceStatements } from "./networkInterfaceStatements";
import { policyDocument, type PolicyDocument } from "./policy";
import { throughAliases } from "./throughAliases";

/**
 * Policy of a rotation function of this platform: it changes the secrets that name it as their rotation function, in
 * its own environment, and reads the administrators' logins it needs, those of database services by a role of the workload
 * account.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
export function rotatorPolicy({ organisation, secrets }: Plan, rotator: PlatformRotatorPlan): PolicyDocument {
  const publishes = secrets.some(
    ({ shape, rotation }) => shape.form === "key-pair" && rotation.rotator === rotator,
  );
  const place: Place = { ...organisation, account: rotator.account };
  return policyDocument([
    {
      Sid: "RotateSecrets",
      Effect: "Allow",
      Action: rotatorActions,
      Resource: arn("secretsmanager", place, `secret:*/${rotator.environment}/*`),
      Condition: {
        StringEquals: { "secretsmanager:resource/AllowRotationLambdaArn": rotator.functionArn },
      },
    },
    ...(rotator.admins.length > 0
      ? [
          {
            Sid: "ReadAdministrators",
            Effect: "Allow" as const,
            Action: rotatorAdminActions,
            Resource: rotator.admins.map((name) => secretArnPattern(place, name)),
          },
        ]
      : []),
    ...(rotator.managedAdmins
      ? [
          {
            Sid: "ReadManagedAdministrators",
            Effect: "Allow" as const,
            Action: "sts:AssumeRole",
            Resource: rotator.managedAdmins.role,
          },
        ]
      : []),
    throughAliases(
      { Sid: "EncryptSecrets", service: "secretsmanager", Action: ["kms:Decrypt", "kms:GenerateDataKey"] },
      place,
      rotator.keys,
    ),
    ...(publishes
      ? [
          {
            Sid: "PublishKeys",
            Effect: "Allow" as const,
            Action: publishingActions,
            // No item's own name has a dot, so that nothing else ends so.
            Resource: arn("ssm", place, `parameter/*/${rotator.environment}/*${publicKeysSuffix}`),
          },
        ]
      : []),
    {
      Sid: "WriteLogs",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
      Resource: `${logGroupArn(place, lambdaLogGroupName(rotator.functionName))}:*`,
    },
    ...(rotator.network ? networkInterfaceStatements(place) : []),
  ]);
}
