import type { EventPattern } from "./eventPattern";
import { all, any, equals, type FilterCondition, positive, present } from "./filterPattern";

/**
 * A call of RotateSecret that changes when a secret rotates, by what or what a partner is told, in any of the forms it takes;
 * one that only starts a rotation names none of them. No condition key of IAM knows what a partner is told.
 * https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_RotateSecret.html
 */
export const reschedules = rescheduling(
  "externalSecretRotationRoleArn",
  "externalSecretRotationMetadata[0].key",
  "rotationRules.duration",
);

/** Of a secret that a database service manages: another window alone changes little, and no partner rotates it. */
export const reschedulesManaged = rescheduling();

function rescheduling(...further: readonly string[]): FilterCondition {
  const texts = ["rotationLambdaARN", "rotationRules.scheduleExpression", ...further];
  return all(
    equals("eventName", "RotateSecret"),
    any(
      ...texts.map((parameter) => present(`requestParameters.${parameter}`)),
      positive("requestParameters.rotationRules.automaticallyAfterDays"),
    ),
  );
}

/** The same for EventBridge. */
export const reschedulingCalls: EventPattern = {
  eventName: ["RotateSecret"],
  requestParameters: {
    $or: [
      { rotationLambdaARN: [{ exists: true }] },
      { externalSecretRotationRoleArn: [{ exists: true }] },
      { externalSecretRotationMetadata: { key: [{ exists: true }] } },
      { rotationRules: { scheduleExpression: [{ exists: true }] } },
      { rotationRules: { duration: [{ exists: true }] } },
      { rotationRules: { automaticallyAfterDays: [{ exists: true }] } },
    ],
  },
};
