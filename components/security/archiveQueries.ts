import { Workgroup } from "@pulumi/aws/athena";
import { CatalogDatabase, CatalogTable } from "@pulumi/aws/glue";
import { ComponentResource, type ComponentResourceOptions, type Input, output } from "@pulumi/pulumi";
import { type TextRule } from "../../model/aws/textRules";
import type { ArchiveTable } from "../../model/archive/table";
import { checkTags, type Tags } from "../argumentRules";
import { checkText, checkWholeNumber, type ArgumentProblem, rejectProblems } from "../validation";

export interface ArchiveQueriesArgs {
  /** Glue's names for where the table is; lower-case letters, digits and `_`. */
  readonly databaseName: string;
  readonly tableName: string;
  /** Athena's name for who asks and within which limits. */
  readonly workgroupName: string;
  /** Bucket of the archive. */
  readonly bucketName: Input<string>;
  /** The table over the bucket of the name given (`archiveTable`). */
  readonly table: (bucket: string) => ArchiveTable;
  /** ARN of the key over what queries find. */
  readonly keyArn: Input<string>;
  /** Bytes one query may read before Athena ends it; at least 10 MB. */
  readonly scanLimitBytes: number;
  /** At least `service`, `environment` and `owner`. */
  readonly tags: Tags;
}

/**
 * An archive of trails as a table that Athena queries: each query within a limit, what it finds kept by Athena for a day
 * under our key.
 * https://docs.aws.amazon.com/athena/latest/ug/cloudtrail-logs.html
 */
export class ArchiveQueries extends ComponentResource {
  constructor(name: string, args: ArchiveQueriesArgs, opts?: ComponentResourceOptions) {
    rejectProblems("ArchiveQueries", name, problemsOf(args));
    super("secrets-platform:security:ArchiveQueries", name, {}, opts);
    const { tags } = args;
    const database = new CatalogDatabase(
      `${name}-database`,
      { name: args.databaseName, description: "Trails of all accounts", tags },
      { parent: this },
    );
    const table = output(args.bucketName).apply(args.table);
    new CatalogTable(
      `${name}-table`,
      {
        databaseName: database.name,
        name: args.tableName,
        description: "Records of all accounts' trails",
        tableType: "EXTERNAL_TABLE",
        parameters: table.parameters,
        partitionKeys: table.partitionKeys.apply((keys) => [...keys]),
        storageDescriptor: {
          columns: table.columns.apply((columns) => [...columns]),
          location: table.location,
          inputFormat: table.inputFormat,
          outputFormat: table.outputFormat,
          serDeInfo: { serializationLibrary: table.serializationLibrary },
        },
      },
      { parent: this },
    );
    new Workgroup(
      `${name}-workgroup`,
      {
        name: args.workgroupName,
        description: "Audits of who read what",
        configuration: {
          enforceWorkgroupConfiguration: true,
          publishCloudwatchMetricsEnabled: true,
          bytesScannedCutoffPerQuery: args.scanLimitBytes,
          managedQueryResultsConfiguration: {
            enabled: true,
            encryptionConfiguration: { kmsKey: args.keyArn },
          },
        },
        tags,
      },
      { parent: this },
    );
    this.registerOutputs({});
  }
}

/** https://docs.aws.amazon.com/athena/latest/ug/tables-databases-columns-names.html */
const glueNames: TextRule = {
  pattern: /^[a-z0-9_]{1,255}$/,
  allowed: "1 to 255 lower-case letters, digits and `_` are allowed",
  remedy: "shorten it or replace the other characters",
};

const workgroupNames: TextRule = {
  pattern: /^[a-zA-Z0-9._-]{1,128}$/,
  allowed: "1 to 128 letters, digits and `._-` are allowed",
  remedy: "shorten it or replace the other characters",
};

const scanLimits = { from: 10_000_000, to: Number.MAX_SAFE_INTEGER, unit: "bytes" };

function problemsOf(args: ArchiveQueriesArgs): ArgumentProblem[] {
  return [
    ...checkText("databaseName", args.databaseName, glueNames),
    ...checkText("tableName", args.tableName, glueNames),
    ...checkText("workgroupName", args.workgroupName, workgroupNames),
    ...checkWholeNumber("scanLimitBytes", args.scanLimitBytes, scanLimits),
    ...checkTags("tags", args.tags),
  ];
}
