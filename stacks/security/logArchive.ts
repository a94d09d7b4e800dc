import { LogArchive } from "../../components/security/logArchive";
import { logArchiveBucketPolicy, logArchiveKeyPolicy } from "../../model/documents/logArchivePolicies";
import type { SecurityStack } from "../../model/organisation/types";
import { archiveBucketPrefix } from "../../model/plan/names";
import type { Plan } from "../../model/plan/types";
import type { Tags } from "../tags";

/** The organisation's audit bucket, in the security stack whose settings ask for it. */
export function logArchive(
  { organisation }: Plan,
  { account, logArchive: settings }: SecurityStack,
  tags: Tags,
): LogArchive | undefined {
  if (settings === undefined) return undefined;
  return new LogArchive("log-archive", {
    bucketPrefix: archiveBucketPrefix,
    bucketPolicy: (bucket) => logArchiveBucketPolicy(organisation, bucket),
    keyPolicy: logArchiveKeyPolicy(organisation, account),
    deletionWindowDays: 30,
    lockDays: settings.lockDays,
    keepDays: settings.keepDays,
    tags,
  });
}
