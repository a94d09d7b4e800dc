/** The part of an event of Secrets Manager that the rollout needs. */
export interface RotationSucceeded {
  readonly secretArn: string;
  /** From when on the new version was current; CloudTrail's times are whole seconds, so up to one too late. */
  readonly time: Date;
}

/**
 * Reads the event EventBridge sends of a rotation that succeeded; its `detail` is CloudTrail's record.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 * @throws Error for any other event
 */
export function parseRotationSucceeded(event: unknown): RotationSucceeded {
  const detail = at(event, "detail");
  const secretArn = at(at(detail, "additionalEventData"), "SecretId");
  const time = new Date(Date.parse(String(at(detail, "eventTime"))) + 1000);
  const isRight =
    at(detail, "eventName") === "RotationSucceeded" && at(event, "source") === "aws.secretsmanager";
  if (!isRight || typeof secretArn !== "string" || Number.isNaN(time.getTime())) {
    throw new Error(
      "the event is not Secrets Manager's RotationSucceeded; let the rule's pattern match that one alone",
    );
  }
  return { secretArn, time };
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
