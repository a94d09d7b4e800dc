const secretArn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:orders/prod/database-AbCdEf";

/** As EventBridge sends it, from the security account's bus. */
export function rotationSucceeded(time: Date, arn = secretArn) {
  return {
    version: "0",
    id: "00000000-0000-0000-0000-000000000000",
    "detail-type": "AWS Service Event via CloudTrail",
    source: "aws.secretsmanager",
    account: "111111111111",
    time: time.toISOString(),
    region: "eu-west-1",
    resources: [],
    detail: {
      eventVersion: "1.08",
      userIdentity: { accountId: "111111111111", invokedBy: "secretsmanager.amazonaws.com" },
      eventTime: time.toISOString().replace(".000Z", "Z"),
      eventSource: "secretsmanager.amazonaws.com",
      eventName: "RotationSucceeded",
      awsRegion: "eu-west-1",
      sourceIPAddress: "secretsmanager.amazonaws.com",
      requestParameters: null,
      responseElements: null,
      additionalEventData: { SecretId: arn },
      eventType: "AwsServiceEvent",
      recipientAccountId: "111111111111",
    },
  };
}

/** Events as the queue hands them over, each in a message of its own. */
export function queued(...events: readonly object[]) {
  return {
    Records: events.map((event, index) => ({
      messageId: `00000000-0000-0000-0000-00000000000${index}`,
      receiptHandle: "handle",
      body: JSON.stringify(event),
      attributes: { MessageGroupId: "rotations", ApproximateReceiveCount: "1" },
      messageAttributes: {},
      eventSource: "aws:sqs",
      eventSourceARN: "arn:aws:sqs:eu-west-1:333333333333:rotation-rollout.fifo",
      awsRegion: "eu-west-1",
    })),
  };
}

/** The same of a rotation that failed. */
export function rotationFailed(time: Date) {
  const event = rotationSucceeded(time);
  return { ...event, detail: { ...event.detail, eventName: "RotationFailed" } };
}
