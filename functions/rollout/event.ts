/** The part of an event of Secrets Manager that the rollout needs. */
export interface RotationSucceeded {
  readonly secretArn: string;
  /** From when on the new version was current; CloudTrail's times are whole seconds, so up to one too late. */
  readonly time: Date;
}

/**
 * What the queue hands over: one or more messages, each an event as EventBridge sent it; a call by hand may give the
 * event by itself.
 * https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
 * @throws Error for anything else
 */
export function parseRotations(event: unknown): readonly RotationSucceeded[] {
  const records = at(event, "Records");
  if (!Array.isArray(records)) return [parseRotationSucceeded(event)];
  return records.map((record) => parseRotationSucceeded(parsed(at(record, "body"))));
}

/** Undefined for what is no JSON, whose text no error is to quote. */
function parsed(body: unknown): unknown {
  try {
    return JSON.parse(String(body));
  } catch {
    return undefined;
  }
}

/**
 * Reads the event EventBridge sends of a rotation that succeeded; its `detail` is CloudTrail's record.
 * https://docs.aws.amazon.com/secretsmanager/latest/userguide/cloudtrail_log_entries.html
 * @throws Error for any other event
 */
function parseRotationSucceeded(event: unknown): RotationSucceeded {
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
