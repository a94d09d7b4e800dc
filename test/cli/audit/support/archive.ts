import { archiveTable, type Column } from "../../../../model/archive/table";
import { archiveQueryNames } from "../../../../model/plan/names";
import type { TrailRecord } from "../../../../model/audit/trailRecord";
import type { Ministack } from "../../../support/ministack/startMinistack";

/** Of the emulator's archive; any name will do. */
const bucket = "secrets-platform-trails-0a1b2c3d";

export interface Archive {
  /** Adds a log file of one account's trail. */
  deliver(records: readonly TrailRecord[]): Promise<void>;
}

/**
 * What a security stack with `queries` makes, in ministack. It reads JSON lines in place of CloudTrail's log files,
 * and computes no partitions, so each line carries the columns that Athena takes from folders' names; its workgroups
 * need a place for results.
 */
export async function makeArchive(ministack: Ministack, account: string): Promise<Archive> {
  const { database, table, workgroup } = archiveQueryNames;
  const { columns, partitionKeys, location, parameters, ...formats } = archiveTable(bucket, {
    accounts: [account],
    regions: ["eu-west-1"],
    keepDays: 365,
  });
  const call = caller(ministack.endpoint, account);
  await call("s3", {
    method: "PUT",
    path: `/${bucket}`,
    headers: {},
    body: "<CreateBucketConfiguration><LocationConstraint>eu-west-1</LocationConstraint></CreateBucketConfiguration>",
  });
  await call("glue", {
    method: "POST",
    path: "/",
    headers: { "x-amz-target": "AWSGlue.CreateDatabase" },
    body: { DatabaseInput: { Name: database } },
  });
  await call("glue", {
    method: "POST",
    path: "/",
    headers: { "x-amz-target": "AWSGlue.CreateTable" },
    body: {
      DatabaseName: database,
      TableInput: {
        Name: table,
        TableType: "EXTERNAL_TABLE",
        Parameters: { ...parameters, classification: "json" },
        PartitionKeys: partitionKeys.map(glueColumn),
        StorageDescriptor: {
          Columns: columns.map(glueColumn),
          Location: location,
          InputFormat: formats.inputFormat,
          OutputFormat: formats.outputFormat,
          SerdeInfo: { SerializationLibrary: formats.serializationLibrary },
        },
      },
    },
  });
  await call("athena", {
    method: "POST",
    path: "/",
    headers: { "x-amz-target": "AmazonAthena.CreateWorkGroup" },
    body: {
      Name: workgroup,
      Configuration: { ResultConfiguration: { OutputLocation: `s3://${bucket}/results/` } },
    },
  });
  let files = 0;
  return {
    async deliver(records) {
      // A line of texts alone, so that every column is read as the text it is for Athena.
      const lines = [lineOf(unreadable), ...records.map(lineOf)].join("\n");
      await call("s3", {
        method: "PUT",
        path: `/${bucket}/AWSLogs/${files++}.json`,
        headers: {},
        body: lines,
      });
    },
  };
}

const unreadable = {
  eventTime: "9999 is no time",
  eventSource: "-",
  eventName: "-",
  requestParameters: { none: "-" },
  additionalEventData: { none: "-" },
} as unknown as TrailRecord;

function lineOf(record: TrailRecord): string {
  const { userIdentity: who, requestParameters, additionalEventData, ...rest } = record;
  const issuer = who?.sessionContext?.sessionIssuer;
  return JSON.stringify({
    ...lackingTexts,
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name.toLowerCase(), value])),
    day: record.eventTime.slice(0, 10).replaceAll("-", "/"),
    requestparameters: requestParameters ? JSON.stringify(requestParameters) : null,
    additionaleventdata: additionalEventData ? JSON.stringify(additionalEventData) : null,
    useridentity: {
      type: who?.type ?? null,
      principalid: who?.principalId ?? null,
      arn: who?.arn ?? null,
      accountid: who?.accountId ?? null,
      invokedby: who?.invokedBy ?? null,
      sessioncontext: {
        sessionissuer: { arn: issuer?.arn ?? null, principalid: issuer?.principalId ?? null },
      },
    },
  });
}

const lackingTexts = Object.fromEntries(
  [
    "eventid",
    "recipientaccountid",
    "sharedeventid",
    "sourceipaddress",
    "vpcendpointid",
    "errorcode",
    "errormessage",
  ].map((name) => [name, null]),
);

function glueColumn({ name, type }: Column) {
  return { Name: name, Type: type };
}

interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: object | string;
}

/** A call as the account's; the emulator finds service and account in the signature's scope and verifies nothing. */
function caller(endpoint: string, account: string) {
  return async (service: string, { method, path, headers, body }: SentRequest): Promise<void> => {
    const answer = await fetch(`${endpoint}${path}`, {
      method,
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=${account}/20300101/eu-west-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
        "content-type": "application/x-amz-json-1.1",
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${service} ${path}: ${answer.status} ${await answer.text()}`);
  };
}
