import type { Organisation, SecurityStack } from "../organisation/types";
import type { Plan } from "../plan/types";

export interface Column {
  readonly name: string;
  /** As Hive writes types: `string`, `struct<type:string,…>`. */
  readonly type: string;
}

/** How Athena reads CloudTrail's log files where trails put them. */
export interface ArchiveTable {
  readonly columns: readonly Column[];
  readonly partitionKeys: readonly Column[];
  /** `s3://…/`, all accounts' records. */
  readonly location: string;
  readonly inputFormat: string;
  readonly outputFormat: string;
  readonly serializationLibrary: string;
  /** Properties of the table, partition projection among them. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** What the archive holds. */
export interface ArchiveScope {
  /** 12 digits each. */
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** Days that objects are kept. */
  readonly keepDays: number;
}

/** The security stack whose archive can be queried, if there is one. */
export function queriedArchive({ stacks }: Organisation): SecurityStack | undefined {
  return stacks.find(
    (stack): stack is SecurityStack => stack.kind === "security" && stack.logArchive?.queries !== undefined,
  );
}

/**
 * What trails put there: records of all accounts whose trail this platform makes, from the home region, wherever
 * secrets have replicas, and the regions that the settings add.
 */
export function archiveScope({ organisation, secrets }: Plan, { logArchive }: SecurityStack): ArchiveScope {
  const recorded = organisation.stacks.filter(({ trail }) => trail?.mode !== "existing");
  return {
    accounts: [...new Set(recorded.map(({ account }) => account))].sort(),
    regions: [
      ...new Set([
        organisation.region,
        ...secrets.flatMap(({ replicas }) => replicas),
        ...(logArchive?.queries?.regions ?? []),
      ]),
    ],
    keepDays: logArchive?.keepDays ?? 0,
  };
}

/**
 * The table over an archive. Partitions are computed from the names of folders, so none has to be added day by day.
 * https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html
 */
export function archiveTable(bucket: string, { accounts, regions, keepDays }: ArchiveScope): ArchiveTable {
  const location = `s3://${bucket}/AWSLogs/`;
  return {
    columns,
    partitionKeys: ["account", "region", "day"].map((name) => ({ name, type: "string" })),
    location,
    inputFormat: "com.amazon.emr.cloudtrail.CloudTrailInputFormat",
    outputFormat: "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat",
    serializationLibrary: "org.apache.hive.hcatalog.data.JsonSerDe",
    parameters: {
      EXTERNAL: "TRUE",
      classification: "cloudtrail",
      "projection.enabled": "true",
      "projection.account.type": "enum",
      "projection.account.values": accounts.join(","),
      "projection.region.type": "enum",
      "projection.region.values": regions.join(","),
      "projection.day.type": "date",
      "projection.day.format": dayFormat,
      "projection.day.interval": "1",
      "projection.day.interval.unit": "DAYS",
      "projection.day.range": `NOW-${keepDays}DAYS,NOW`,
      "storage.location.template": `${location}\${account}/CloudTrail/\${region}/\${day}`,
    },
  };
}

const dayFormat = "yyyy/MM/dd";

/** As `dayFormat` writes it, in UTC. */
export function archiveDay(time: Date): string {
  return time.toISOString().slice(0, 10).replaceAll("-", "/");
}

const issuer = "struct<type:string,principalid:string,arn:string,accountid:string,username:string>";
const identity = [
  "type:string",
  "principalid:string",
  "arn:string",
  "accountid:string",
  "invokedby:string",
  "accesskeyid:string",
  "username:string",
  `sessioncontext:struct<attributes:struct<mfaauthenticated:string,creationdate:string>,sessionissuer:${issuer}>`,
];

/** What is no text in a record becomes its JSON. */
const texts = [
  "eventversion",
  "eventtime",
  "eventsource",
  "eventname",
  "awsregion",
  "sourceipaddress",
  "useragent",
  "errorcode",
  "errormessage",
  "requestparameters",
  "responseelements",
  "additionaleventdata",
  "requestid",
  "eventid",
  "readonly",
  "eventtype",
  "managementevent",
  "eventcategory",
  "recipientaccountid",
  "sharedeventid",
  "vpcendpointid",
  "serviceeventdetails",
];

/** https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const columns: readonly Column[] = [
  { name: "useridentity", type: `struct<${identity.join(",")}>` },
  ...texts.map((name) => ({ name, type: "string" })),
];
