import { isAudited, type TrailRecord, type UserIdentity } from "./trailRecord";

/**
 * Longest text of a record that is looked at. ARNs and names of parameters, the longest there are, have 2,048 characters
 * (https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameter.html); whatever is longer names
 * nothing, and would only cost time and memory.
 */
const longestText = 2048;

type Form = "text" | "map" | { readonly [field: string]: Form };

const principalForm = { arn: "text", principalId: "text" } as const;

/** What an audit looks at. */
const fields = {
  eventTime: "text",
  eventSource: "text",
  eventName: "text",
  recipientAccountId: "text",
  eventID: "text",
  sharedEventID: "text",
  sourceIPAddress: "text",
  vpcEndpointId: "text",
  errorCode: "text",
  errorMessage: "text",
  userIdentity: {
    type: "text",
    ...principalForm,
    accountId: "text",
    invokedBy: "text",
    userName: "text",
    onBehalfOf: { userId: "text", identityStoreArn: "text" },
    sessionContext: { sessionIssuer: principalForm },
  },
  requestParameters: "map",
  additionalEventData: "map",
} as const satisfies Record<string, Form>;

/**
 * The record with the fields an audit looks at, long texts cut; undefined for one in which a field has another form than
 * CloudTrail gives it, and for records of other services. A file may hold anything, so nothing else may look at what was
 * parsed. A text or map that is `null` is absent: exports write so what a record leaves out. An identity that is `null`
 * is not: a record without anybody tells nothing.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function readableRecord(value: unknown): TrailRecord | undefined {
  if (!isAudited(value) || (value.userIdentity as UserIdentity | null | undefined) === null) return undefined;
  return read(value, fields) as unknown as TrailRecord | undefined;
}

function read(value: object, forms: { readonly [field: string]: Form }): Record<string, unknown> | undefined {
  const kept: Record<string, unknown> = {};
  for (const [field, form] of Object.entries(forms)) {
    if (!Object.hasOwn(value, field)) continue;
    const found = (value as Record<string, unknown>)[field];
    if (found === null || found === undefined) continue;
    const own =
      form === "text"
        ? textOf(found)
        : isMap(found)
          ? form === "map"
            ? found
            : read(found, form)
          : undefined;
    if (own === undefined) return undefined;
    kept[field] = own;
  }
  return kept;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? cut(value) : undefined;
}

/** A copy, since a part of a text would keep the whole of it in memory. */
export function cut(text: string): string {
  return text.length <= longestText ? text : Buffer.from(text.slice(0, longestText)).toString();
}

function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
