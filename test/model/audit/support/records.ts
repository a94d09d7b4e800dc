import type { TrailRecord } from "../../../../model/audit/trailRecord";

export const security = "111111111111";
export const staging = "222222222222";
export const prod = "333333333333";
export const databaseArn = `arn:aws:secretsmanager:eu-west-1:${security}:secret:orders/prod/database-343E67`;
export const apiRole = `arn:aws:iam::${prod}:role/services/orders/orders-prod-api`;
const apiId = "AROAF52F34CF894F49281";

const record: TrailRecord = {
  eventTime: "2026-03-03T09:00:00Z",
  eventSource: "secretsmanager.amazonaws.com",
  eventName: "GetSecretValue",
  sourceIPAddress: "10.30.17.42",
  userIdentity: roleIdentity(apiRole, apiId, "orders-prod-api"),
  requestParameters: { secretId: databaseArn },
  recipientAccountId: prod,
};

/** A consumer's read as its own account records it. */
export function callersRecord(changes: Partial<TrailRecord> = {}): TrailRecord {
  return { ...record, vpcEndpointId: "vpce-0a1b2c3d4e5f60001", ...changes };
}

/** The same read as the owner's account records it. */
export function ownersRecord(changes: Partial<TrailRecord> = {}): TrailRecord {
  return {
    ...record,
    userIdentity: { type: "AWSAccount", principalId: `${apiId}:orders-prod-api`, accountId: prod },
    recipientAccountId: security,
    ...changes,
  };
}

export function roleIdentity(arn: string, id = "AROA00000000000000001", session = "session") {
  const [, , , , accountId = ""] = arn.split(":");
  const role = arn.slice(arn.lastIndexOf("/") + 1);
  return {
    type: "AssumedRole",
    principalId: `${id}:${session}`,
    arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${session}`,
    accountId,
    sessionContext: { sessionIssuer: { type: "Role", principalId: id, arn, accountId, userName: role } },
  };
}

export function rotationSucceeded(eventTime: string): TrailRecord {
  return {
    eventTime,
    eventSource: "secretsmanager.amazonaws.com",
    eventName: "RotationSucceeded",
    userIdentity: { accountId: security, invokedBy: "secretsmanager.amazonaws.com" },
    requestParameters: null,
    additionalEventData: { SecretId: databaseArn },
    recipientAccountId: security,
  };
}

/** One of a long trail as JSON: callers' and owners' records in turn, from ever new addresses, of the usual size. */
export function trailLine(number: number): string {
  const pair = number >> 1;
  const eventTime = new Date(Date.UTC(2026, 2, 1) + pair * 250).toISOString().replace(/\.\d+Z$/, "Z");
  const shared = {
    eventTime,
    sourceIPAddress: `10.${(pair >> 16) & 255}.${(pair >> 8) & 255}.${pair & 255}`,
    sharedEventID: `530ea1ea-71c0-810d-3e19-${String(pair).padStart(12, "0")}`,
  };
  return JSON.stringify({
    eventVersion: "1.11",
    ...(number % 2 === 0 ? callersRecord(shared) : ownersRecord(shared)),
    awsRegion: "eu-west-1",
    userAgent:
      "aws-sdk-nodejs/3.1164.0 ua/2.1 os/linux#5.10 lang/js md/nodejs#20.11.1 api/secrets-manager#3.1164.0",
    responseElements: null,
    requestID: `0891318c-d1b5-d27b-b7f6-${String(number).padStart(12, "0")}`,
    eventID: `cc0ad141-ff9e-0c90-83cd-${String(number).padStart(12, "0")}`,
    readOnly: true,
    eventType: "AwsApiCall",
    managementEvent: true,
    eventCategory: "Management",
    tlsDetails: {
      tlsVersion: "TLSv1.3",
      cipherSuite: "TLS_AES_128_GCM_SHA256",
      clientProvidedHostHeader: "secretsmanager.eu-west-1.amazonaws.com",
    },
  });
}
