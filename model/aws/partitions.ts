/**
 * AWS's partitions: worlds of their own, each with its regions, accounts and domain. Nothing that names one is of use in
 * another.
 * https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html
 */
export type Partition = "aws" | "aws-cn" | "aws-us-gov";

/** Those that AWS has and this platform was made for neither in its names nor in what it deploys. */
export type UnsupportedPartition = "aws-eusc" | "aws-iso" | "aws-iso-b" | "aws-iso-e" | "aws-iso-f";

interface KnownPartition {
  /** What the names of its regions begin with, behind which come a direction and a number. */
  readonly regions: string;
  /** What the names of its services' hosts end in. */
  readonly dnsSuffix: string;
}

interface SupportedPartition extends KnownPartition {
  /** Region and account that publish the rotation applications of Secrets Manager (`rotationApplications`). */
  readonly rotationPublisher: string;
  /** What begins the names of endpoint services that AWS offers under a name of their own there. */
  readonly endpointPrefix: string;
}

/**
 * Names and domains are those of AWS's own SDKs, which keep them in a file each:
 * https://github.com/boto/botocore/blob/develop/botocore/data/partitions.json
 */
export const partitions: Readonly<Record<Partition, SupportedPartition>> = {
  aws: {
    regions: "(?:af|ap|ca|eu|il|me|mx|sa|us)",
    dnsSuffix: "amazonaws.com",
    rotationPublisher: "us-east-1:297356227824",
    endpointPrefix: "com.amazonaws",
  },
  "aws-cn": {
    regions: "cn",
    dnsSuffix: "amazonaws.com.cn",
    rotationPublisher: "cn-north-1:193023089310",
    endpointPrefix: "cn.com.amazonaws",
  },
  "aws-us-gov": {
    regions: "us-gov",
    dnsSuffix: "amazonaws.com",
    rotationPublisher: "us-gov-west-1:023102451235",
    endpointPrefix: "com.amazonaws",
  },
};

const unsupported: Readonly<Record<UnsupportedPartition, KnownPartition>> = {
  "aws-eusc": { regions: "eusc-de", dnsSuffix: "amazonaws.eu" },
  "aws-iso": { regions: "us-iso", dnsSuffix: "c2s.ic.gov" },
  "aws-iso-b": { regions: "us-isob", dnsSuffix: "sc2s.sgov.gov" },
  "aws-iso-e": { regions: "eu-isoe", dnsSuffix: "cloud.adc-e.uk" },
  "aws-iso-f": { regions: "us-isof", dnsSuffix: "csp.hci.ic.gov" },
};

export const supportedPartitions = Object.keys(partitions) as readonly Partition[];

const direction = "(?:central|east|west|(?:north|south)(?:east|west)?)";

function regionPattern(names: readonly string[]): string {
  return `(?:${names.join("|")})-${direction}-\\d{1,2}`;
}

/** Names of regions that the platform can be deployed to; the directions are those AWS has used so far. */
export const supportedRegions = new RegExp(
  `^${regionPattern(Object.values(partitions).map(({ regions }) => regions))}$`,
);

const regionsOf = Object.entries({ ...partitions, ...unsupported }).map(
  ([id, { regions }]) =>
    [id as Partition | UnsupportedPartition, new RegExp(`^${regionPattern([regions])}$`)] as const,
);

/** Partition of a region, of this platform's or not; undefined where AWS has no such region. */
export function partitionOf(region: string): Partition | UnsupportedPartition | undefined {
  return regionsOf.find(([, pattern]) => pattern.test(region))?.[0];
}

export function isSupported(partition: string | undefined): partition is Partition {
  return partition !== undefined && Object.hasOwn(partitions, partition);
}
