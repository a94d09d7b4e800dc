/**
 * A CloudTrail record, as far as an audit looks at it. Everything may be missing: records of services and of refused
 * calls leave most of it out.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface TrailRecord {
  readonly eventTime: string;
  readonly eventSource: string;
  readonly eventName: string;
  readonly recipientAccountId?: string;
  /** Unique to the record; the same in every delivery of it. */
  readonly eventID?: string;
  /** Common to the records that several accounts have of one call. */
  readonly sharedEventID?: string;
  readonly sourceIPAddress?: string;
  readonly vpcEndpointId?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  readonly userIdentity?: UserIdentity;
  readonly requestParameters?: Readonly<Record<string, unknown>> | null;
  readonly additionalEventData?: Readonly<Record<string, unknown>> | null;
}

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html */
export interface UserIdentity {
  readonly type?: string;
  readonly principalId?: string;
  readonly arn?: string;
  readonly accountId?: string;
  readonly invokedBy?: string;
  readonly userName?: string;
  /** The person of IAM Identity Center in whose name the call was made. */
  readonly onBehalfOf?: { readonly userId?: string; readonly identityStoreArn?: string };
  readonly sessionContext?: {
    readonly sessionIssuer?: { readonly arn?: string; readonly principalId?: string };
  };
}

/** Services whose records tell of reading values. */
export const auditedSources = [
  "secretsmanager.amazonaws.com",
  "ssm.amazonaws.com",
  "kms.amazonaws.com",
] as const;

/** Times compare as text, and are reckoned with: a month 13 is none. CloudTrail is of this century. */
const recordedTime = /^20\d{2}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

/** A time as records write it. */
export function recordTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}

/** Whether a parsed JSON value is a record, of whatever service; nothing is said of its other fields. */
export function isRecord(value: unknown): value is TrailRecord {
  if (typeof value !== "object" || value === null) return false;
  const { eventTime, eventSource, eventName } = value as Partial<TrailRecord>;
  return (
    typeof eventTime === "string" &&
    recordedTime.test(eventTime) &&
    typeof eventName === "string" &&
    typeof eventSource === "string"
  );
}

/** Whether a parsed JSON value is a record of one of those services. */
export function isAudited(value: unknown): value is TrailRecord {
  return isRecord(value) && (auditedSources as readonly string[]).includes(value.eventSource);
}
