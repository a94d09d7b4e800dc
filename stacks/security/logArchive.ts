import { deletionWindowDays } from "../../model/limits";
import { LogArchive } from "../../components/security/logArchive";
import { accessLogPolicy } from "../../model/documents/accessLogPolicy";
import { logArchiveBucketPolicy, logArchiveKeyPolicy } from "../../model/documents/logArchivePolicies";
import type { SecurityStack } from "../../model/organisation/types";
import { archiveBucketPrefix } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "../account/tags";
import { archiveQueries } from "./archiveQueries";

/** The organisation's audit bucket, in the security stack whose settings ask for it. */
export function logArchive(plan: Plan, stack: SecurityStack, tags: Tags): LogArchive | undefined {
  const { organisation } = plan;
  const settings = stack.logArchive;
  if (settings === undefined) return undefined;
  const archive = new LogArchive("log-archive", {
    bucketPrefix: archiveBucketPrefix,
    bucketPolicy: (bucket) => logArchiveBucketPolicy(organisation, bucket),
    accessLogPolicy: (bucket, logged) => accessLogPolicy(organisation, stack, bucket, logged),
    keyPolicy: logArchiveKeyPolicy(organisation, stack),
    deletionWindowDays: deletionWindowDays({ production: true }),
    lockDays: settings.lockDays,
    keepDays: settings.keepDays,
    tags,
  });
  archiveQueries(plan, stack, archive, tags);
  return archive;
}
