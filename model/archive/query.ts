import { dayMilliseconds } from "../aws/days";
import { auditedSources, recordTime } from "../audit/trailRecord";
import { archiveQueryNames } from "../plan/names";
import { archiveDay } from "./table";

/** Events that tell of a value being read or changed; the rest of the archive stays where it is. */
export const queriedEvents = [
  "GetSecretValue",
  "BatchGetSecretValue",
  "GetParameter",
  "GetParameters",
  "GetParametersByPath",
  "GetParameterHistory",
  "Decrypt",
  "PutSecretValue",
  "RotationSucceeded",
] as const;

/** Columns of a query's result, and where each stands in a record. */
export const selected = {
  eventtime: ["eventTime"],
  eventsource: ["eventSource"],
  eventname: ["eventName"],
  eventid: ["eventID"],
  recipientaccountid: ["recipientAccountId"],
  sharedeventid: ["sharedEventID"],
  sourceipaddress: ["sourceIPAddress"],
  vpcendpointid: ["vpcEndpointId"],
  errorcode: ["errorCode"],
  errormessage: ["errorMessage"],
  "useridentity.type": ["userIdentity", "type"],
  "useridentity.principalid": ["userIdentity", "principalId"],
  "useridentity.arn": ["userIdentity", "arn"],
  "useridentity.accountid": ["userIdentity", "accountId"],
  "useridentity.invokedby": ["userIdentity", "invokedBy"],
  "useridentity.sessioncontext.sessionissuer.arn": ["userIdentity", "sessionContext", "sessionIssuer", "arn"],
  "useridentity.sessioncontext.sessionissuer.principalid": [
    "userIdentity",
    "sessionContext",
    "sessionIssuer",
    "principalId",
  ],
  requestparameters: ["requestParameters"],
  additionaleventdata: ["additionalEventData"],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * SQL (Trino) for the records of a time, `until` excluded. CloudTrail files a record under the day it delivers it, which
 * may be the day after. Decryptions for other services, most of a large archive, stay out.
 */
export function archiveQuery({ since, until }: { readonly since: Date; readonly until: Date }): string {
  const { database, table } = archiveQueryNames;
  const from = archiveDay(since);
  const to = archiveDay(new Date(until.getTime() + dayMilliseconds));
  return [
    `SELECT ${Object.keys(selected).join(", ")}`,
    `FROM "${database}"."${table}"`,
    `WHERE day BETWEEN '${from}' AND '${to}'`,
    `AND eventtime >= '${recordTime(since)}' AND eventtime < '${recordTime(until)}'`,
    `AND eventsource IN (${quoted(auditedSources)})`,
    `AND eventname IN (${quoted(queriedEvents)})`,
    "AND (eventname <> 'Decrypt' OR errorcode IS NOT NULL " +
      "OR requestparameters LIKE '%SecretARN%' OR requestparameters LIKE '%PARAMETER_ARN%')",
    // The two accounts' records of a call are joined only where they lie close together.
    "ORDER BY eventtime, sharedeventid",
  ].join("\n");
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => `'${text}'`).join(", ");
}
