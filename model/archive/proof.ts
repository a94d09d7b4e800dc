import { type ArchiveFile, archiveFileOf, type Chain } from "./archiveFile";
import { type Coverage, coverageOf, type Period } from "./coverage";
import { type DigestFile, judgeDigests, type PublicKeys } from "./judgeDigests";

/** A copy of the archive, or of a part of it. */
export interface ArchiveCopy {
  readonly digests: readonly DigestFile[];
  /** Digests that could not be read, by key, and why. */
  readonly unreadable: ReadonlyMap<string, string>;
  readonly records: readonly ArchiveFile[];
  /** SHA-256 of a file's content, unpacked, in hexadecimal; an error's message where it cannot be unpacked. */
  readonly hashOf: (file: ArchiveFile) => Promise<{ readonly hash: string } | { readonly problem: string }>;
}

/** A file that is not proven. */
export interface ProofFinding {
  /** As `ArchiveFile.key`. */
  readonly key: string;
  readonly why: string;
}

/** What is proven of a copy, and what is not. */
export interface Proof {
  /** Files of records that are as CloudTrail wrote them. */
  readonly proven: number;
  readonly provenDigests: number;
  readonly findings: readonly ProofFinding[];
  readonly coverage: readonly Coverage[];
}

/**
 * Holds every file of records against the digests, and these against CloudTrail's public keys: no file may be changed,
 * missing or more than CloudTrail delivered, and no hour without a digest.
 * https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-intro.html
 */
export async function prove(
  copy: ArchiveCopy,
  keys: PublicKeys,
  period: Period,
  progress: (done: number) => void = () => {},
): Promise<Proof> {
  const judged = judgeDigests(copy.digests, keys);
  const isLookedAt = ({ time }: Pick<ArchiveFile, "time">) =>
    time === undefined || ((period.since === undefined || time >= period.since) && time < period.until);
  const findings: ProofFinding[] = [
    ...[...copy.unreadable].map(([key, why]) => ({ key, why })),
    ...copy.digests.flatMap(({ key, digest }) => {
      const why = judged.get(key);
      const isNeeded =
        digest.start < period.until && (period.since === undefined || digest.end > period.since);
      return why === undefined || !isNeeded ? [] : [{ key, why }];
    }),
  ];
  const listed = listedFiles(copy.digests, judged);
  let proven = 0;
  let done = 0;
  for (const file of copy.records.filter(isLookedAt)) {
    progress(++done);
    const entry = listed.get(file.key);
    const why = entry === undefined ? "no digest names it" : await differenceOf(file, entry);
    if (why === undefined) proven++;
    else findings.push({ key: file.key, why });
  }
  const present = new Set(copy.records.map(({ key }) => key));
  for (const [key, { isProven, file }] of listed) {
    if (isProven && !present.has(key) && isLookedAt(file)) findings.push({ key, why: "it is missing" });
  }
  return {
    proven,
    provenDigests: [...judged.values()].filter((why) => why === undefined).length,
    findings,
    coverage: byChain(copy.digests).map(([chain, files]) => coverageOf(chain, files, judged, period)),
  };

  async function differenceOf(file: ArchiveFile, { hash, isProven }: Listed): Promise<string | undefined> {
    const found = await copy.hashOf(file);
    if ("problem" in found) return found.problem;
    if (found.hash !== hash) return "it is not what CloudTrail wrote";
    return isProven ? undefined : "the digest that names it is not proven";
  }
}

interface Listed {
  readonly hash: string;
  readonly isProven: boolean;
  readonly file: Pick<ArchiveFile, "time">;
}

/** What digests say they delivered; a proven one's word stands above another's. */
function listedFiles(
  digests: readonly DigestFile[],
  judged: ReadonlyMap<string, string | undefined>,
): ReadonlyMap<string, Listed> {
  const listed = new Map<string, Listed>();
  for (const { key: digestKey, digest } of digests) {
    const isProven = judged.get(digestKey) === undefined;
    for (const { key, hash } of digest.files) {
      if (!isProven && listed.has(key)) continue;
      const time = archiveFileOf(key)?.time;
      listed.set(key, { hash, isProven, file: { ...(time && { time }) } });
    }
  }
  return listed;
}

function byChain(digests: readonly DigestFile[]): readonly (readonly [Chain, readonly DigestFile[]])[] {
  const chains = new Map<string, DigestFile[]>();
  for (const file of digests) {
    const { account, region, trail, home } = file.chain;
    const name = [account, region, trail, home].join(" ");
    chains.set(name, [...(chains.get(name) ?? []), file]);
  }
  return [...chains.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, files]) => [files[0]!.chain, files] as const);
}
