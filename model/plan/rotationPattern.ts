import { arn, type Place } from "./arns";

/**
 * EventBridge pattern of rotations that succeeded for the secrets of one environment; `security` is where they lie.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/monitoring-eventbridge.html
 */
export function rotationSucceeded(security: Place, environment: string): object {
  return {
    source: ["aws.secretsmanager"],
    "detail-type": ["AWS Service Event via CloudTrail"],
    account: [security.account],
    detail: {
      eventName: ["RotationSucceeded"],
      additionalEventData: {
        SecretId: [{ wildcard: arn("secretsmanager", security, `secret:*/${environment}/*`) }],
      },
    },
  };
}
