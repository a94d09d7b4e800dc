/** A file of the archive by its place, which says whose records or digest it holds. */
export interface ArchiveFile {
  readonly kind: "records" | "digest";
  /** From `AWSLogs/` on; what stands before it differs from copy to copy. */
  readonly key: string;
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
  /** When it was delivered, or its digest ends; absent for a name that CloudTrail gives none. */
  readonly time?: Date;
  /** Of a digest: account, region and trail, whose digests form one chain. */
  readonly chain?: Chain;
}

export interface Chain {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  /** Home region of the trail. */
  readonly home: string;
}

/**
 * Undefined for a path that is no place of records or digests. Any file in a folder of records counts as one, whatever
 * its name, since queries read it.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
export function archiveFileOf(path: string): ArchiveFile | undefined {
  const [, key, account = "", folder, region = "", name = ""] = place.exec(path) ?? [];
  if (key === undefined) return undefined;
  if (folder === "CloudTrail") {
    const time = timeOf(/_(\d{8}T\d{4})Z_/.exec(name)?.[1]);
    return { kind: "records", key, account, region, ...(time && { time }) };
  }
  const [, trail, home = "", end] = digestName.exec(name) ?? [];
  const time = timeOf(end);
  return {
    kind: "digest",
    key,
    account,
    region,
    ...(time && { time }),
    ...(trail !== undefined && { chain: { account, region, trail, home } }),
  };
}

/** What stands in a digest of a file's place, in the same form. */
export function keyOf(object: string): string {
  return /(?:^|\/)(AWSLogs\/.*)$/.exec(object)?.[1] ?? object;
}

/** An organisation's trail has a folder with its identifier in between. */
const place =
  /(?:^|\/)(AWSLogs\/(?:o-[a-z0-9]+\/)?(\d{12})\/(CloudTrail|CloudTrail-Digest)\/([a-z0-9-]+)\/(?:.*\/)?([^/]+))$/;

/** One that adds files to an earlier hour ends in `_backfill`, and stands in the chain like any other. */
const digestName =
  /^\d{12}_CloudTrail-Digest_[a-z0-9-]+?_([A-Za-z0-9._-]+)_([a-z0-9-]+)_(\d{8}T\d{6})Z(?:_backfill)?\.json\.gz$/;

/** `20260227T0905` or `20260227T090501`, in UTC. */
function timeOf(stamp = ""): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})?$/.exec(stamp);
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second = "00"] = parts;
  const time = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
