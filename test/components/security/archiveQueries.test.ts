import assert from "node:assert/strict";
import { ArchiveQueries, type ArchiveQueriesArgs } from "../../../components/security/archiveQueries";
import { archiveTable } from "../../../model/archive/table";
import { rejected } from "../support/problems";
import { runProgram } from "../support/harness";
import { tags } from "../support/organisation";

const scope = { accounts: ["111111111111"], regions: ["eu-west-1"], keepDays: 30 };

const args: ArchiveQueriesArgs = {
  databaseName: "trails",
  tableName: "records",
  workgroupName: "audits",
  bucketName: "trails-01234567",
  table: (bucket) => archiveTable(bucket, scope),
  keyArn: "arn:aws:kms:eu-west-1:111111111111:key/archive-key",
  scanLimitBytes: 5_000_000_000,
  tags,
};

describe("ArchiveQueries", () => {
  it("makes the table, and a workgroup with a limit whose results are under the key", async () => {
    const { created, named } = await runProgram(() => new ArchiveQueries("queries", args));
    assert.deepEqual(created, [
      "aws:athena/workgroup:Workgroup queries-workgroup",
      "aws:glue/catalogDatabase:CatalogDatabase queries-database",
      "aws:glue/catalogTable:CatalogTable queries-table",
    ]);
    const { columns, inputFormat, outputFormat, location, partitionKeys, parameters, serializationLibrary } =
      archiveTable("trails-01234567", scope);
    assert.deepEqual(named("queries-table").inputs, {
      databaseName: "trails",
      name: "records",
      description: "Records of all accounts' trails",
      tableType: "EXTERNAL_TABLE",
      parameters,
      partitionKeys,
      storageDescriptor: {
        columns,
        location,
        inputFormat,
        outputFormat,
        serDeInfo: { serializationLibrary },
      },
    });
    assert.deepEqual(named("queries-workgroup").inputs, {
      name: "audits",
      description: "Audits of who read what",
      configuration: {
        enforceWorkgroupConfiguration: true,
        publishCloudwatchMetricsEnabled: true,
        bytesScannedCutoffPerQuery: 5_000_000_000,
        managedQueryResultsConfiguration: { enabled: true, encryptionConfiguration: { kmsKey: args.keyArn } },
      },
      tags,
    });
  });

  it("rejects all that is wrong at once", () => {
    const problems = rejected(
      () =>
        new ArchiveQueries("queries", {
          ...args,
          databaseName: "Trails-1",
          tableName: "",
          workgroupName: "a b",
          scanLimitBytes: 10,
        }),
    );
    assert.deepEqual(Object.keys(problems).sort(), [
      "databaseName",
      "scanLimitBytes",
      "tableName",
      "workgroupName",
    ]);
  });
});
