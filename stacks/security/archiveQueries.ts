import { ArchiveQueries } from "../../components/security/archiveQueries";
import type { LogArchive } from "../../components/security/logArchive";
import { archiveScope, archiveTable } from "../../model/archive/table";
import type { SecurityStack } from "../../model/organisation/types";
import { archiveQueryNames } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "../account/tags";

const bytesPerGigabyte = 10 ** 9;

/** Athena over the archive, where the stack's settings ask for it. */
export function archiveQueries(plan: Plan, stack: SecurityStack, archive: LogArchive, tags: Tags): void {
  const settings = stack.logArchive?.queries;
  if (settings === undefined) return;
  const scope = archiveScope(plan, stack);
  new ArchiveQueries("archive-queries", {
    databaseName: archiveQueryNames.database,
    tableName: archiveQueryNames.table,
    workgroupName: archiveQueryNames.workgroup,
    bucketName: archive.bucketName,
    table: (bucket) => archiveTable(bucket, scope),
    keyArn: archive.keyArn,
    scanLimitBytes: settings.scanLimitGigabytes * bytesPerGigabyte,
    tags,
  });
}
